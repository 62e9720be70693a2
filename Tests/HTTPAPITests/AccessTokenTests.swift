import HTTPTypes
import Testing
import ValueTree

struct AccessTokenTests {
    /// Asks who asks, with a header of its own.
    private static func whoAmI(_ server: TestServer, _ authorization: String) async throws
        -> TestAnswer
    {
        try await server.send(
            .get,
            "/api/current-user/whoami",
            as: .some(nil),
            headers: [.authorization: authorization]
        )
    }

    private static func refresh(_ server: TestServer, _ token: String) async throws -> TestAnswer {
        try await server.send(
            .post,
            "/api/token/refresh/",
            "{\"refresh\": \"\(token)\"}",
            as: .some(nil)
        )
    }

    @Test func `a personal access token is swapped for one that opens the API`() async throws {
        try await TestServer.with { server in
            let made = try await server.send(.post, "/api/token/", as: .some(server.memberToken))
            #expect(made.status == .created)
            let token = try #require(try made.json["token"]?.string)
            let second = try await server.send(.post, "/api/token/", as: .some(server.memberToken))
            #expect(second.status == .conflict)
            let access = try #require(
                try await Self.refresh(server, token).json["access"]?.string
            )
            let who = try await Self.whoAmI(server, "Bearer \(access)")
            #expect(try who.json["email"]?.string == "max@example.org")
            // Neither token does the other's work.
            #expect(try await Self.whoAmI(server, "Bearer \(token)").status == .unauthorized)
            #expect(try await Self.whoAmI(server, "Token \(access)").status == .unauthorized)
            #expect(try await Self.refresh(server, access).status == .unauthorized)
        }
    }

    @Test func `a changed token, or one that is no token, opens nothing`() async throws {
        try await TestServer.with { server in
            let token = try #require(
                try await server.send(.post, "/api/token/").json["token"]?.string
            )
            let pieces = token.split(separator: ".").map(String.init)
            let forged = [
                "", "a", "a.b", "a.b.c", pieces[0] + "." + pieces[1] + ".",
                pieces[0] + "." + pieces[1] + "A." + pieces[2],
                // The header that says "no signature".
                "eyJhbGciOiJub25lIn0." + pieces[1] + ".",
                String(repeating: "x", count: 5000),
            ]
            for text in forged {
                let status = try await Self.refresh(server, text).status
                #expect(status == (text.isEmpty ? .badRequest : .unauthorized), "\(text)")
                #expect(try await Self.whoAmI(server, "Bearer \(text)").status == .unauthorized)
            }
        }
    }

    @Test func `a token that is revoked or rotated ends with what came from it`() async throws {
        try await TestServer.with { server in
            let token = try #require(
                try await server.send(.post, "/api/token/").json["token"]?.string
            )
            let access = try #require(try await Self.refresh(server, token).json["access"]?.string)
            #expect(try await Self.whoAmI(server, "Bearer \(access)").status == .ok)
            let listed = try #require(
                try await server.send(.get, "/api/token/").json[0]?["token"]?.string
            )
            #expect(token.hasPrefix(listed + "."))
            let rotated = try await server.send(
                .post,
                "/api/token/rotate/",
                "{\"refresh\": \"\(token)\"}"
            )
            let fresh = try #require(try rotated.json["refresh"]?.string)
            #expect(try await Self.whoAmI(server, "Bearer \(access)").status == .unauthorized)
            #expect(try await Self.refresh(server, token).status == .unauthorized)
            #expect(try await Self.refresh(server, fresh).status == .ok)
            // Someone else's token cannot be ended; one's own can, without its signature.
            let short = fresh.split(separator: ".").prefix(2).joined(separator: ".")
            let body = "{\"refresh\": \"\(short)\"}"
            let other = try await server.send(
                .post,
                "/api/token/blacklist/",
                body,
                as: .some(server.memberToken)
            )
            #expect(other.status == .notFound)
            let ended = try await server.send(.post, "/api/token/blacklist/", body)
            #expect(ended.status == .noContent)
            #expect(try await Self.refresh(server, fresh).status == .unauthorized)
            #expect(try await server.send(.get, "/api/token/").json.count == 0)
        }
    }

    @Test func `an administrator decides which kinds of tokens work`() async throws {
        try await TestServer.with { server in
            let token = try #require(
                try await server.send(.post, "/api/token/").json["token"]?.string
            )
            let access = try #require(try await Self.refresh(server, token).json["access"]?.string)
            let refused = try await server.send(
                .post,
                "/api/jwt/settings",
                "{}",
                as: .some(server.memberToken)
            )
            #expect(refused.status == .forbidden)
            let changed = try await server.send(
                .post,
                "/api/jwt/settings",
                #"{"legacy_api_tokens_enabled": false, "api_token_ttl_days": 7}"#
            )
            #expect(changed.status == .ok)
            #expect(try changed.json["api_token_ttl_days"]?.int64 == 7)
            let legacy = try await server.send(.get, "/api/projects/")
            #expect(legacy.status == .unauthorized)
            #expect(try await Self.whoAmI(server, "Bearer \(access)").status == .ok)
        }
    }
}
