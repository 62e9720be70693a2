import Foundation
import HTTPTypes
import Testing

struct MediaTests {
    private static func put(_ text: String, _ name: String, _ server: TestServer) throws {
        try Data(text.utf8).write(to: server.directory.appending(path: "media/\(name)"))
    }

    @Test func `files of a media root come whole, in ranges and by entity tag`() async throws {
        try await TestServer.with { server in
            try Self.put("0123456789", "a.png", server)
            let path = "/data/local-files/?d=a.png"
            let whole = try await server.send(.get, path)
            #expect(whole.text == "0123456789")
            #expect(whole.headers[.contentType] == "image/png")
            let part = try await server.send(.get, path, headers: [.range: "bytes=2-4"])
            #expect(part.status == .partialContent)
            #expect(part.text == "234")
            #expect(part.headers[.contentRange] == "bytes 2-4/10")
            let none = try await server.send(.get, path, headers: [.range: "bytes=20-"])
            #expect(none.status == .rangeNotSatisfiable)
            let tag = try #require(whole.headers[.eTag])
            let known = try await server.send(.get, path, headers: [.ifNoneMatch: tag])
            #expect(known.status == .notModified)
            let media = try await server.send(
                .get,
                "/api/media?src=%2Fdata%2Flocal-files%2F%3Fd%3Da.png"
            )
            #expect(media.text == "0123456789")
        }
    }

    @Test(arguments: ["a.html", "a.js", "a.svg", "a.xml"])
    func `what a browser could run is a download in a sandbox`(name: String) async throws {
        try await TestServer.with { server in
            try Self.put("<script>alert(1)</script>", name, server)
            let answer = try await server.send(.get, "/data/local-files/?d=\(name)")
            #expect(answer.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
            #expect(answer.headers[.contentDisposition] == "attachment")
            #expect(answer.headers[.contentType]?.hasPrefix("text/html") == false)
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
        }
    }

    @Test(arguments: ["../test.sqlite", "/etc/passwd", "", "a%00.png", "."])
    func `nothing outside the media roots is shown`(path: String) async throws {
        try await TestServer.with { server in
            let answer = try await server.send(.get, "/data/local-files/?d=\(path)")
            #expect(answer.status.kind == .clientError)
            let upload = try await server.send(.get, "/data/upload/\(path)")
            #expect(upload.status.kind == .clientError)
        }
    }

    @Test func `media needs a sign-in`() async throws {
        try await TestServer.with { server in
            try Self.put("x", "a.png", server)
            let answer = try await server.send(
                .get,
                "/data/local-files/?d=a.png",
                as: .some(nil)
            )
            #expect(answer.status == .unauthorized)
        }
    }
}
