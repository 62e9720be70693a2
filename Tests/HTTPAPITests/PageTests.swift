import Crypto
import Foundation
import HTTPTypes
import Testing
import ValueTree

struct PageTests {
    private static let html: HTTPFields = [.accept: "text/html"]

    @Test func `the policy of a page names the digest of its import map`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 1)
            for path in ["/projects", "/projects/\(project)/label", "/projects/\(project)/tasks/1"]
            {
                let page = try await server.send(.get, path)
                #expect(page.status == .ok)
                let opening = "<script type=\"importmap\">"
                let start = try #require(page.text.range(of: opening))
                let end = try #require(page.text.range(of: "</script>"))
                let map = page.text[start.upperBound..<end.lowerBound]
                let digest = Data(SHA256.hash(data: Data(map.utf8))).base64EncodedString()
                let policy = try #require(page.headers[.contentSecurityPolicy])
                #expect(policy.contains("script-src 'self' 'sha256-\(digest)'"))
                #expect(!policy.contains("unsafe"))
                #expect(policy.contains("frame-src 'self'"))
            }
        }
    }

    @Test func `files of the app are immutable under their digest`() async throws {
        try await TestServer.with { server in
            let page = try await server.send(.get, "/projects").text
            let prefix = try #require(
                page.range(of: "/static/[0-9a-f]{16}", options: .regularExpression)
            )
            let file = try await server.send(.get, page[prefix] + "/js/app.js", as: .some(nil))
            #expect(file.status == .ok)
            #expect(file.headers[.contentType] == "text/javascript; charset=utf-8")
            #expect(file.headers[.cacheControl]?.contains("immutable") == true)
            // Frames of plugins have an origin of their own.
            #expect(file.headers[.accessControlAllowOrigin] == "*")
            let other = try await server.send(.get, "/static/0000000000000000/js/app.js")
            #expect(other.status == .notFound)
            let above = try await server.send(.get, page[prefix] + "/../test.sqlite")
            #expect(above.status == .notFound)
        }
    }

    @Test func `a frame of what no plugin has is not there`() async throws {
        try await TestServer.with { server in
            let frame = try await server.send(.get, "/plugin-frames/org.example.none/0123")
            #expect(frame.status == .notFound)
        }
    }

    @Test func `the root leads on`() async throws {
        try await TestServer.with { server in
            let stranger = try await server.send(.get, "/", as: .some(nil))
            #expect(stranger.headers[.location] == "/sign-in")
            #expect(try await server.send(.get, "/").headers[.location] == "/projects")
            let editor = try await server.send(.get, "/projects/1/label", as: .some(nil))
            #expect(editor.headers[.location] == "/sign-in?next=/projects/1/label")
        }
    }

    @Test func `people get a page where nothing is, programs an envelope`() async throws {
        try await TestServer.with { server in
            let page = try await server.send(.get, "/nothing", headers: Self.html)
            #expect(page.status == .notFound)
            #expect(page.headers[.contentType]?.hasPrefix("text/html") == true)
            let envelope = try await server.send(.get, "/nothing")
            #expect(try envelope.json["code"]?.string == "not_found")
        }
    }
}
