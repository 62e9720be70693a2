import HTTPTypes
import Testing
import ValueTree

struct LabelingEndpointTests {
    private static func body(_ uniqueID: String) -> String {
        "{\"result\": [\(TestServer.region)], \"lead_time\": 2.5, \"unique_id\": \"\(uniqueID)\"}"
    }

    private static let uniqueID = "0f8fad5b-d9cb-469f-a165-70867728950e"

    @Test func `next hands out tasks until there are none`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 2)
            var seen: [Int64] = []
            for _ in 0..<2 {
                let task = try await server.send(.get, "/api/projects/\(project)/next/").json
                let id = try #require(task["id"]?.int64)
                #expect(task["annotations"]?.count == 0)
                #expect(task["unique_lock_id"]?.string != nil)
                #expect(task["queue"]?.string?.isEmpty == false)
                seen.append(id)
                let made = try await server.send(
                    .post,
                    "/api/tasks/\(id)/annotations/",
                    "{\"result\": [\(TestServer.region)]}"
                )
                #expect(made.status == .created)
            }
            #expect(Set(seen).count == 2)
            let none = try await server.send(.get, "/api/projects/\(project)/next/")
            #expect(none.status == .notFound)
            #expect(try none.json["code"]?.string == "no_more_tasks")
        }
    }

    @Test func `a result comes back byte for byte`() async throws {
        try await TestServer.with { server in
            _ = try await server.makeProject(tasks: 1)
            let made = try await server.send(
                .post,
                "/api/tasks/1/annotations/",
                Self.body(Self.uniqueID)
            )
            #expect(made.text.contains("[\(TestServer.region)]"))
            let read = try await server.send(.get, "/api/annotations/1/")
            #expect(read.text.contains("[\(TestServer.region)]"))
        }
    }

    @Test func `a repeated submission finds the first one`() async throws {
        try await TestServer.with { server in
            _ = try await server.makeProject(tasks: 2)
            let path = "/api/tasks/1/annotations/"
            let first = try await server.send(.post, path, Self.body(Self.uniqueID))
            let second = try await server.send(.post, path, Self.body(Self.uniqueID))
            #expect(first.status == .created)
            #expect(second.status == .ok)
            #expect(try first.json["id"]?.int == second.json["id"]?.int)
            let elsewhere = try await server.send(
                .post,
                "/api/tasks/2/annotations/",
                Self.body(Self.uniqueID)
            )
            #expect(elsewhere.status == .conflict)
            let other = try await server.send(
                .post,
                path,
                Self.body(Self.uniqueID),
                as: server.memberToken
            )
            #expect(other.status == .conflict)
        }
    }

    @Test func `a write that read an old revision is a conflict`() async throws {
        try await TestServer.with { server in
            _ = try await server.makeProject(tasks: 1)
            let made = try await server.send(
                .post,
                "/api/tasks/1/annotations/",
                Self.body(Self.uniqueID)
            )
            let tag = try #require(made.headers[.eTag])
            let path = "/api/annotations/1/"
            let good = try await server.send(
                .patch,
                path,
                #"{"lead_time": 3}"#,
                headers: [.ifMatch: tag]
            )
            #expect(good.status == .ok)
            #expect(good.headers[.eTag] == "\"2\"")
            let stale = try await server.send(
                .patch,
                path,
                #"{"lead_time": 4}"#,
                headers: [.ifMatch: tag]
            )
            #expect(stale.status == .conflict)
            #expect(try stale.json["code"]?.string == "stale_revision")
            let nonsense = try await server.send(
                .patch,
                path,
                #"{"lead_time": 4}"#,
                headers: [.ifMatch: "\"x\""]
            )
            #expect(nonsense.status == .badRequest)
        }
    }

    @Test func `results that do not fit the config are refused at their place`() async throws {
        try await TestServer.with { server in
            _ = try await server.makeProject(tasks: 1)
            let wrong = TestServer.region.replacing("Roof", with: "Lake")
            let answer = try await server.send(
                .post,
                "/api/tasks/1/annotations/",
                "{\"result\": [\(wrong)]}"
            )
            #expect(answer.status == .badRequest)
            #expect(
                try answer.json["place"]?["pointer"]?.string?.hasPrefix("/result/0/value") == true
            )
            #expect(try await server.send(.get, "/api/tasks/1/annotations/").json.count == 0)
        }
    }

    @Test func `skipped tasks are left out of the list of annotations`() async throws {
        try await TestServer.with { server in
            _ = try await server.makeProject(tasks: 1)
            let skipped = try await server.send(
                .post,
                "/api/tasks/1/annotations/?was_cancelled=true",
                #"{"result": []}"#
            )
            #expect(skipped.status == .created)
            #expect(try skipped.json["was_cancelled"]?.bool == true)
            #expect(try await server.send(.get, "/api/tasks/1/annotations/").json.count == 0)
            let task = try await server.send(.get, "/api/tasks/1/").json
            #expect(task["annotations"]?.count == 1)
            #expect(task["annotations"]?[0]?["completed_by"]?["email"]?.string == "ada@example.org")
        }
    }

    @Test func `drafts are saved, listed, submitted and gone`() async throws {
        try await TestServer.with { server in
            _ = try await server.makeProject(tasks: 1)
            let saved = try await server.send(
                .post,
                "/api/tasks/1/drafts",
                #"{"result": [], "lead_time": 1}"#
            )
            #expect(saved.status == .created)
            let id = try #require(try saved.json["id"]?.int64)
            #expect(try await server.send(.get, "/api/tasks/1/drafts").json.count == 1)
            #expect(
                try await server.send(.get, "/api/tasks/1/drafts", as: server.memberToken)
                    .json.count == 0
            )
            let made = try await server.send(
                .post,
                "/api/tasks/1/annotations/",
                "{\"result\": [], \"draft_id\": \(id)}"
            )
            #expect(try made.json["draft_created_at"]?.string == saved.json["created_at"]?.string)
            #expect(try await server.send(.get, "/api/tasks/1/drafts").json.count == 0)
        }
    }

    @Test func `predictions are stored, listed and changed`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 1)
            let body = "{\"task\": 1, \"result\": [\(TestServer.region)], \"score\": 0.5}"
            let made = try await server.send(.post, "/api/predictions/", body)
            #expect(made.status == .created)
            #expect(try made.json["model_version"]?.string == "undefined")
            for query in ["task=1", "project=\(project)"] {
                let list = try await server.send(.get, "/api/predictions/?\(query)").json
                #expect(list.count == 1)
            }
            let many = try await server.send(
                .post,
                "/api/projects/\(project)/import/predictions",
                "[\(body)]"
            )
            #expect(try many.json["created"]?.int == 1)
        }
    }

    @Test func `tasks come by pages with their numbers`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 3)
            let path = "/api/tasks/?project=\(project)&page_size=2"
            let first = try await server.send(.get, path).json
            #expect(first["total"]?.int == 3)
            #expect(first["tasks"]?.elements.compactMap { $0["id"]?.int } == [1, 2])
            #expect(try await server.send(.get, path + "&page=3").status == .notFound)
            let newest = try await server.send(.get, "/api/projects/\(project)/tasks/").json
            #expect(newest.elements.compactMap { $0["id"]?.int } == [3, 2, 1])
            let filtered = try await server.send(
                .get,
                "/api/tasks/?project=1&query=%7B%22filters%22%3A%7B%22items%22%3A%5B1%5D%7D%7D"
            )
            #expect(filtered.status == .badRequest)
        }
    }
}
