import Foundation
import HTTPTypes
import PluginHost
import Testing
import ValueTree

struct PluginUploadTests {
    /// A package without code: files for the browser need no compiler.
    private func package(version: String = "1.0.0", note: String = "Plain.") throws -> [UInt8] {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "postil-package-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let content = folder.appending(path: "content")
        try FileManager.default.createDirectory(at: content, withIntermediateDirectories: true)
        let manifest = """
            {"manifestVersion":1,"id":"org.example.plain","version":"\(version)","name":"Plain",
            "abi":{"built":"1.0","min":"1.0"},"permissions":{"memory":1048576}}
            """
        try Data(manifest.utf8).write(to: content.appending(path: "manifest.json"))
        try Data(note.utf8).write(to: content.appending(path: "README.md"))
        let archive = folder.appending(path: "package.tar.gz")
        let packer = PackagePacker(hostVersion: "0.1.0")
        try packer.pack(content.path, to: archive.path)
        try packer.sign(archive.path, with: PluginSigningKey())
        return Array(try Data(contentsOf: archive))
    }

    private func upload(
        _ bytes: [UInt8],
        to server: TestServer,
        as token: String?? = .none
    ) async throws -> TestAnswer {
        try await server.send(
            .post,
            "/api/plugins",
            as: token,
            headers: [.contentType: "application/gzip"],
            chunks: [Array(bytes.prefix(100)), Array(bytes.dropFirst(100))]
        )
    }

    @Test func `an uploaded package is installed, reported and not yet allowed`() async throws {
        try await TestServer.with { server in
            let bytes = try package()
            let answer = try await upload(bytes, to: server)
            #expect(answer.status == .created)
            let report = try answer.json
            #expect(report["passed"]?.bool == true)
            #expect(report["id"]?.string == "org.example.plain")
            #expect(report["trust"]?["level"]?.string == "signed")
            #expect(report["permissions"]?["memory"]?.int == 1_048_576)
            #expect(
                report["checks"]?.elements.map { $0["verdict"]?.string }
                    == Array(
                        repeating: "passed",
                        count: 7
                    )
            )
            #expect(
                report["files"]?.elements.map { $0["path"]?.string }
                    == ["README.md", "manifest.json"]
            )
            let plugin = try await server.send(.get, "/api/plugins/org.example.plain/1.0.0").json
            #expect(plugin["state"]?.string == "installed")
            #expect(plugin["digest"]?.string == report["digest"]?.string)
            #expect(plugin["trust"]?["fingerprint"]?.string?.hasPrefix("SHA256:") == true)
            #expect(try await upload(bytes, to: server).status == .ok)
        }
    }

    @Test func `a form's file is taken as well`() async throws {
        try await TestServer.with { server in
            let head =
                "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"p.tar.gz\"\r\n"
            let body = Array((head + "\r\n").utf8) + (try package()) + Array("\r\n--b--\r\n".utf8)
            let answer = try await server.send(
                .post,
                "/api/plugins",
                headers: [.contentType: "multipart/form-data; boundary=b"],
                chunks: [body]
            )
            #expect(answer.status == .created)
            let empty = try await server.send(
                .post,
                "/api/plugins",
                headers: [.contentType: "multipart/form-data; boundary=b"],
                chunks: [Array("--b--\r\n".utf8)]
            )
            #expect(empty.status == .badRequest)
            #expect(try empty.json["code"]?.string == "body_field_missing")
        }
    }

    @Test func `a refused package is answered with its reason and the report`() async throws {
        try await TestServer.with { server in
            var bytes = try package()
            bytes.removeLast(bytes.count / 2)
            let answer = try await upload(bytes, to: server)
            #expect(answer.status == .badRequest)
            let error = try answer.json
            #expect(error["code"]?.string == "archive_unreadable")
            #expect(error["hint"]?.string != nil)
            #expect(error["report"]?["passed"]?.bool == false)
            #expect(error["report"]?["checks"]?[0]?["verdict"]?.string == "failed")
            #expect(try await server.send(.get, "/api/plugins").text == "[]")
            let left = try FileManager.default.subpathsOfDirectory(
                atPath: server.directory.appending(path: "plugins").path
            )
            #expect(Set(left) == [".incoming", ".install.lock"])
        }
    }

    @Test func `other content under a version that is taken is a conflict`() async throws {
        try await TestServer.with { server in
            #expect(try await upload(package(), to: server).status == .created)
            let answer = try await upload(package(note: "Changed."), to: server)
            #expect(answer.status == .conflict)
            #expect(try answer.json["code"]?.string == "plugin_version_taken")
            #expect(
                try await upload(package(version: "1.0.1", note: "Changed."), to: server).status
                    == .created
            )
        }
    }

    @Test func `only administrators upload`() async throws {
        try await TestServer.with { server in
            let bytes = try package()
            let member = try await upload(bytes, to: server, as: server.memberToken)
            #expect(member.status == .forbidden)
            #expect(try await upload(bytes, to: server, as: .some(nil)).status == .unauthorized)
            #expect(try await server.send(.get, "/api/plugins").text == "[]")
        }
    }
}
