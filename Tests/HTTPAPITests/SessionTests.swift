import HTTPTypes
import Testing
import ValueTree

struct SessionTests {
    private static let csrf = HTTPField.Name("X-CSRFToken")
    private static let credentials =
        #"{"email": "ada@example.org", "password": "correct horse"}"#

    @Test func `a browser signs in, reads, writes with the CSRF token, and signs out`()
        async throws
    {
        try await TestServer.with { server in
            let signIn = try await server.send(
                .post,
                "/api/session",
                Self.credentials,
                as: .some(nil)
            )
            #expect(signIn.status == .ok)
            let secret = try #require(signIn.cookie("sessionid"))
            let token = try #require(signIn.cookie("csrftoken"))
            #expect(try signIn.json["csrf_token"]?.string == token)
            let setCookies = signIn.headers[values: .setCookie]
            #expect(setCookies.contains { $0.hasPrefix("sessionid") && $0.contains("HttpOnly") })
            #expect(setCookies.allSatisfy { $0.contains("SameSite=Lax") })

            var headers: HTTPFields = [.cookie: "other=1; sessionid=\(secret)"]
            let whoAmI = try await server.send(
                .get,
                "/api/current-user/whoami",
                as: .some(nil),
                headers: headers
            )
            #expect(try whoAmI.json["role"]?.string == "administrator")

            let refused = try await server.send(
                .post,
                "/api/projects/",
                "{}",
                as: .some(nil),
                headers: headers
            )
            #expect(refused.status == .forbidden)
            #expect(try refused.json["code"]?.string == "csrf_failed")

            headers[try #require(Self.csrf)] = token
            let made = try await server.send(
                .post,
                "/api/projects/",
                "{}",
                as: .some(nil),
                headers: headers
            )
            #expect(made.status == .created)

            let out = try await server.send(
                .delete,
                "/api/session",
                as: .some(nil),
                headers: headers
            )
            #expect(out.status == .noContent)
            let after = try await server.send(
                .get,
                "/api/session",
                as: .some(nil),
                headers: headers
            )
            #expect(after.status == .unauthorized)
        }
    }

    @Test func `cookies are Secure when the public address is https`() async throws {
        try await TestServer.with(publicURL: "https://label.example.org") { server in
            let signIn = try await server.send(
                .post,
                "/api/session",
                Self.credentials,
                as: .some(nil)
            )
            #expect(signIn.headers[values: .setCookie].allSatisfy { $0.contains("; Secure") })
            #expect(signIn.headers[.strictTransportSecurity] != nil)
        }
    }

    @Test func `wrong passwords are refused, and after some the attempts too`() async throws {
        try await TestServer.with { server in
            let wrong = #"{"email": "ada@example.org", "password": "guess"}"#
            for _ in 0..<10 {
                let answer = try await server.send(.post, "/api/session", wrong, as: .some(nil))
                #expect(answer.status == .unauthorized)
            }
            let limited = try await server.send(
                .post,
                "/api/session",
                Self.credentials,
                as: .some(nil)
            )
            #expect(limited.status == .tooManyRequests)
            #expect(limited.headers[.retryAfter] != nil)
        }
    }

    @Test func `a sign-in link works once`() async throws {
        try await TestServer.with { server in
            let made = try await server.send(.post, "/api/users/1/sign-in-link/")
            let path = try #require(try made.json["path"]?.string)
            let first = try await server.send(.get, path, as: .some(nil))
            #expect(first.status == .seeOther)
            #expect(first.headers[.location] == "/")
            #expect(first.cookie("sessionid") != nil)
            let second = try await server.send(.get, path, as: .some(nil))
            #expect(second.cookie("sessionid") == nil)
            #expect(second.headers[.location] == "/sign-in?link=used")
        }
    }

    @Test func `a form of another site cannot sign anyone in`() async throws {
        try await TestServer.with { server in
            let answer = try await server.send(
                .post,
                "/api/session",
                "email=ada@example.org&password=correct+horse",
                as: .some(nil),
                headers: [.contentType: "application/x-www-form-urlencoded"]
            )
            #expect(answer.status == .unsupportedMediaType)
        }
    }

    @Test func `members may not do what administrators may`() async throws {
        try await TestServer.with { server in
            let body = #"{"email": "new@example.org"}"#
            let refused = try await server.send(
                .post,
                "/api/users/",
                body,
                as: server.memberToken
            )
            #expect(refused.status == .forbidden)
            let made = try await server.send(.post, "/api/users/", body)
            #expect(made.status == .created)
            let again = try await server.send(.post, "/api/users/", body)
            #expect(again.status == .conflict || again.status == .badRequest)
        }
    }

    @Test func `a new token replaces the old one at once`() async throws {
        try await TestServer.with { server in
            let reset = try await server.send(
                .post,
                "/api/current-user/reset-token/",
                as: server.memberToken
            )
            let token = try #require(try reset.json["token"]?.string)
            let old = try await server.send(
                .get,
                "/api/current-user/whoami",
                as: server.memberToken
            )
            #expect(old.status == .unauthorized)
            let new = try await server.send(.get, "/api/current-user/token", as: token)
            #expect(try new.json["token"]?.string == token)
        }
    }
}
