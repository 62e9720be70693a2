import HTTPTypes
import Testing
import ValueTree

struct EnvelopeTests {
    @Test func `without credentials the answer is 401 and says how to bring them`() async throws {
        try await TestServer.with { server in
            for token in [String?.none, "no token at all", String(repeating: "0", count: 40)] {
                let answer = try await server.send(.get, "/api/projects/", as: .some(token))
                #expect(answer.status == .unauthorized)
                #expect(answer.headers[.wwwAuthenticate] == "Token")
                let envelope = try answer.json
                for member in ["id", "status_code", "version", "detail", "exc_info", "code"] {
                    #expect(envelope[member] != nil, "\(member) is missing")
                }
                #expect(envelope["status_code"]?.int == 401)
            }
        }
    }

    @Test func `unknown paths, methods and ids have envelopes of their own`() async throws {
        try await TestServer.with { server in
            #expect(try await server.send(.get, "/api/nothing").status == .notFound)
            #expect(try await server.send(.get, "/api/projects/77/").status == .notFound)
            #expect(try await server.send(.get, "/api/projects/many/").status == .notFound)
            let method = try await server.send(.put, "/api/projects/")
            #expect(method.status == .methodNotAllowed)
            #expect(method.headers[.allow] == "GET, HEAD, POST")
            #expect(try method.json["code"]?.string == "method_not_allowed")
        }
    }

    @Test(arguments: [
        "/api/projects", "/api/projects/", "/api/version", "/health/", "/api/plugins/",
    ])
    func `a slash at the end makes no difference`(path: String) async throws {
        try await TestServer.with { server in
            let answer = try await server.send(.get, path)
            #expect(answer.status == .ok)
        }
    }

    @Test func `every answer carries the security headers`() async throws {
        try await TestServer.with { server in
            for path in ["/health", "/api/nothing", "/projects", "/api/projects/"] {
                let headers = try await server.send(.get, path).headers
                #expect(headers[.xContentTypeOptions] == "nosniff")
                #expect(headers[.contentSecurityPolicy]?.contains("default-src 'none'") == true)
                #expect(headers[.contentSecurityPolicy]?.contains("frame-ancestors 'none'") == true)
            }
        }
    }

    @Test func `broken JSON is refused at its place`() async throws {
        try await TestServer.with { server in
            let answer = try await server.send(.post, "/api/projects/", #"{"title": nope}"#)
            #expect(answer.status == .badRequest)
            #expect(try answer.json["place"]?["line"]?.int == 1)
            #expect(try answer.json["place"]?["column"]?.int == 11)
        }
    }

    @Test func `a body over the limit is refused`() async throws {
        try await TestServer.with { server in
            let large = String(repeating: " ", count: 1024 * 1024 + 1)
            let answer = try await server.send(.post, "/api/users/", large)
            #expect(answer.status == .contentTooLarge)
        }
    }

    @Test func `HEAD answers as GET without the body`() async throws {
        try await TestServer.with { server in
            let answer = try await server.send(.head, "/api/projects/")
            #expect(answer.status == .ok)
            #expect(answer.bytes.isEmpty)
        }
    }
}
