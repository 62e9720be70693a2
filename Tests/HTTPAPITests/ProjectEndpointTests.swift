import HTTPTypes
import Testing
import ValueTree

struct ProjectEndpointTests {
    @Test func `a project has the fields that clients know`() async throws {
        try await TestServer.with { server in
            let id = try await server.makeProject(tasks: 2)
            let project = try await server.send(.get, "/api/projects/\(id)").json
            // Label Studio's 46, and when it was archived.
            #expect(project.members.map(\.name).count == 47)
            #expect(Set(project.members.map(\.name)).count == 47)
            #expect(project["task_number"]?.int == 2)
            #expect(project["created_by"]?["email"]?.string == "ada@example.org")
            let control = try #require(project["parsed_label_config"]?["label"])
            #expect(control["type"]?.string == "RectangleLabels")
            #expect(project["control_weights"]?["label"]?["labels"]?["Roof"]?.double == 1)
        }
    }

    @Test func `numbers are null in the answer to the creation`() async throws {
        try await TestServer.with { server in
            let made = try await server.send(.post, "/api/projects/", "{}")
            #expect(made.status == .created)
            #expect(try made.json["task_number"]?.isNull == true)
            #expect(try made.json["label_config"]?.string == "<View></View>")
        }
    }

    @Test(arguments: [
        (#"{"title": "ab"}"#, "title"), (#"{"maximum_annotations": 0}"#, "maximum_annotations"),
        (#"{"sampling": "Any"}"#, "sampling"),
        (#"{"show_instruction": "maybe"}"#, "show_instruction"),
        (#"{"pinned_at": "soon"}"#, "pinned_at"),
    ])
    func `impossible settings are refused by name`(body: String, field: String) async throws {
        try await TestServer.with { server in
            let id = try await server.makeProject()
            let answer = try await server.send(.patch, "/api/projects/\(id)/", body)
            #expect(answer.status == .badRequest)
            #expect(try answer.json["validation_errors"]?[field]?.count == 1)
        }
    }

    @Test func `a project may be made by a form`() async throws {
        try await TestServer.with { server in
            let plain = try await server.send(
                .post,
                "/api/projects/",
                "title=By+form&show_instruction=true",
                headers: [.contentType: "application/x-www-form-urlencoded"]
            )
            #expect(try plain.json["title"]?.string == "By form")
            #expect(try plain.json["show_instruction"]?.bool == true)
            let body = [
                "--cut", "Content-Disposition: form-data; name=\"title\"", "", "By parts",
                "--cut--", "",
            ].joined(separator: "\r\n")
            let parts = try await server.send(
                .post,
                "/api/projects/",
                body,
                headers: [.contentType: "multipart/form-data; boundary=cut"]
            )
            #expect(try parts.json["title"]?.string == "By parts")
        }
    }

    @Test func `a change leaves the other fields alone`() async throws {
        try await TestServer.with { server in
            let id = try await server.makeProject()
            let changed = try await server.send(
                .patch,
                "/api/projects/\(id)/",
                #"{"description": "d", "pinned_at": "2026-01-02T03:04:05.000006Z"}"#
            )
            #expect(try changed.json["title"]?.string == "Roofs")
            #expect(try changed.json["description"]?.string == "d")
            #expect(try changed.json["pinned_at"]?.string == "2026-01-02T03:04:05.000006Z")
        }
    }

    @Test func `a broken config is refused with line and column and nothing is saved`()
        async throws
    {
        try await TestServer.with { server in
            let id = try await server.makeProject()
            let answer = try await server.send(
                .patch,
                "/api/projects/\(id)/",
                #"{"title": "Other", "label_config": "<View>\n  <Nope/>\n</View>"}"#
            )
            #expect(answer.status == .badRequest)
            #expect(try answer.json["code"]?.string == "tag_unknown")
            #expect(try answer.json["place"]?["line"]?.int == 2)
            let project = try await server.send(.get, "/api/projects/\(id)/").json
            #expect(project["title"]?.string == "Roofs")
        }
    }

    @Test func `validation answers as Label Studio's does`() async throws {
        try await TestServer.with { server in
            let id = try await server.makeProject()
            let good = "{\"label_config\": \(TestServer.quoted(TestServer.boxes))}"
            let bad = #"{"label_config": "<View>"}"#
            #expect(
                try await server.send(.post, "/api/projects/validate/", good, as: .some(nil)).status
                    == .noContent
            )
            let refused = try await server.send(
                .post,
                "/api/projects/validate",
                bad,
                as: .some(nil)
            )
            #expect(refused.status == .badRequest)
            #expect(try refused.json["label_config"]?.count == 1)
            let known = try await server.send(.post, "/api/projects/\(id)/validate/", good)
            #expect(known.status == .ok)
            #expect(try known.json["config_essential_data_has_changed"]?.isNull == true)
        }
    }

    @Test func `lists come in pages, and a page past the end is not there`() async throws {
        try await TestServer.with { server in
            for _ in 0..<3 { _ = try await server.makeProject() }
            let first = try await server.send(.get, "/api/projects/?page_size=2&title=roo").json
            #expect(first["count"]?.int == 3)
            #expect(first["results"]?.count == 2)
            let next = try #require(first["next"]?.string)
            let second = try await server.send(.get, next).json
            #expect(second["results"]?.count == 1)
            #expect(second["next"]?.isNull == true)
            let past = try await server.send(.get, "/api/projects/?page=3&page_size=2")
            #expect(past.status == .notFound)
            #expect(try past.json["detail"]?.string == "Invalid page.")
        }
    }

    @Test func `a deleted project is gone`() async throws {
        try await TestServer.with { server in
            let id = try await server.makeProject(tasks: 1)
            #expect(try await server.send(.delete, "/api/projects/\(id)/").status == .noContent)
            #expect(try await server.send(.get, "/api/projects/\(id)/").status == .notFound)
        }
    }
}
