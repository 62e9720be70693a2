import HTTPTypes
import Testing
import ValueTree

struct ImportEndpointTests {
    private static func multipart(_ name: String, _ content: String) -> [UInt8] {
        Array(
            """
            --cut\r
            Content-Disposition: form-data; name="files"; filename="\(name)"\r
            Content-Type: application/octet-stream\r
            \r
            \(content)\r
            --cut--\r

            """.utf8
        )
    }

    private static let headers: HTTPFields = [.contentType: "multipart/form-data; boundary=cut"]

    @Test func `tasks come in as JSON and tell what came`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject()
            let answer = try await server.send(
                .post,
                "/api/projects/\(project)/import?return_task_ids=true",
                #"[{"data": {"image": "a"}, "predictions": [{"result": []}]}, {"image": "b"}]"#
            )
            #expect(answer.status == .created)
            let json = try answer.json
            #expect(json["task_count"]?.int == 2)
            #expect(json["prediction_count"]?.int == 1)
            #expect(json["task_ids"]?.count == 2)
        }
    }

    @Test func `a file of a form may arrive in any pieces`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject()
            let bytes = Self.multipart("tasks.csv", "image,note\r\na.png,\"x, y\"\r\nb.png,z\r\n")
            for size in [1, 3, 17, bytes.count] {
                let chunks = stride(from: 0, to: bytes.count, by: size).map {
                    Array(bytes[$0..<min($0 + size, bytes.count)])
                }
                let answer = try await server.send(
                    .post,
                    "/api/projects/\(project)/import",
                    headers: Self.headers,
                    chunks: chunks
                )
                #expect(answer.status == .created)
                #expect(try answer.json["task_count"]?.int == 2)
                #expect(try answer.json["file_upload_ids"]?.count == 1)
            }
        }
    }

    @Test func `a form that is cut off leaves nothing behind`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject()
            let bytes = Self.multipart("tasks.json", #"[{"image": "a"}]"#)
            let answer = try await server.send(
                .post,
                "/api/projects/\(project)/import",
                headers: Self.headers,
                chunks: [Array(bytes.dropLast(6))]
            )
            #expect(answer.status == .badRequest)
            let tasks = try await server.send(.get, "/api/tasks/?project=\(project)").json
            #expect(tasks["total"]?.int == 0)
        }
    }

    @Test func `JSON that is cut off is refused and changes nothing`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject()
            let text = #"[{"data": {"image": "a"}}, {"data": {"image": "b"}}]"#
            for length in stride(from: 1, to: text.utf8.count, by: 10) {
                let answer = try await server.send(
                    .post,
                    "/api/projects/\(project)/import",
                    String(text.prefix(length))
                )
                #expect(answer.status == .badRequest)
                #expect(try answer.json["place"] != nil)
            }
            let tasks = try await server.send(.get, "/api/tasks/?project=\(project)").json
            #expect(tasks["total"]?.int == 0)
        }
    }

    @Test func `an address to fetch is refused`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject()
            let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]
            let path = "/api/projects/\(project)/import"
            let remote = try await server.send(
                .post,
                path,
                "url=http%3A%2F%2Fexample.org%2Ft.json",
                headers: form
            )
            #expect(remote.status == .badRequest)
            let text = try await server.send(
                .post,
                path,
                "url=%5B%7B%22image%22%3A%22a%22%7D%5D",
                headers: form
            )
            #expect(try text.json["task_count"]?.int == 1)
        }
    }

    @Test func `an export to a format that nobody has is refused with the reason`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject()
            let answer = try await server.send(
                .get,
                "/api/projects/\(project)/export?exportType=COCO"
            )
            #expect(answer.status == .badRequest)
            #expect(try answer.json["code"]?.string == "exporter_unknown")
        }
    }
}
