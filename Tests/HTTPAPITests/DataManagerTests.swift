import HTTPTypes
import Testing
import ValueTree

struct DataManagerTests {
    /// Ids of the tasks that a query finds.
    private static func find(
        _ server: TestServer,
        _ project: Int64,
        _ query: String
    ) async throws -> [Int64] {
        let answer = try await server.send(
            .get,
            "/api/tasks?project=\(project)&query=\(encoded(query))"
        )
        #expect(answer.status == .ok, "\(answer.text)")
        return try #require(try answer.json["tasks"]).elements.compactMap { $0["id"]?.int64 }
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }

    private static func filter(
        _ column: String,
        _ name: String,
        _ value: String,
        type: String = "String"
    ) -> String {
        """
        {"filters": {"conjunction": "and", "items": [{"filter": "filter:tasks:\(column)",
        "operator": "\(name)", "type": "\(type)", "value": \(value)}]}}
        """
    }

    @Test(
        arguments: [
            ("id", "equal", "2", [2]), ("id", "not_equal", "2", [1, 3]),
            ("id", "less", "2", [1]), ("id", "greater", "2", [3]),
            ("id", "less_or_equal", "2", [1, 2]), ("id", "greater_or_equal", "2", [2, 3]),
            ("id", "in", #"{"min": 2, "max": 3}"#, [2, 3]),
            ("id", "not_in", #"{"min": 2, "max": 3}"#, [1]),
            ("id", "in_list", "[1, 3]", [1, 3]), ("id", "not_in_list", "[1, 3]", [2]),
            ("total_annotations", "empty", "true", [2, 3]),
            ("total_annotations", "empty", #""False""#, [1]),
            ("annotators", "exists", "true", [1]), ("annotators", "not_exists", "true", [2, 3]),
            ("annotators", "contains", "1", [1]), ("annotators", "not_contains", "[1]", [2, 3]),
            ("data.image", "contains", #""/2.PNG""#, [2]),
            ("data.image", "not_contains", #""/2.png""#, [1, 3]),
            ("data.image", "starts_with", #""/data/""#, [1, 2, 3]),
            ("data.image", "ends_with", #""3.png""#, [3]),
            ("data.image", "regex", #""[13][.]png$""#, [1, 3]),
            ("annotations_ids", "contains", #""1, 7""#, [1]),
            ("created_at", "greater", #""2020-01-31T00:00:00.000Z""#, [1, 2, 3]),
            ("draft_exists", "equal", "false", [1, 2, 3]),
        ]
    )
    func `every operator finds what it says`(
        _ column: String,
        _ name: String,
        _ value: String,
        _ ids: [Int64]
    ) async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 3)
            _ = try await server.send(.post, "/api/tasks/1/annotations/", #"{"result": []}"#)
            let found = try await Self.find(server, project, Self.filter(column, name, value))
            #expect(found == ids)
        }
    }

    @Test(
        arguments: [
            (filter("nothing", "equal", "1"), "/filters/items/0/filter"),
            (filter("id", "resembles", "1"), "/filters/items/0/operator"),
            (filter("id", "equal", #""two""#), "/filters/items/0/value"),
            (filter("created_at", "less", #""yesterday""#), "/filters/items/0/value"),
            (#"{"filters": {"conjunction": "xor", "items": [{}]}}"#, ""),
            (#"{"ordering": ["tasks:nothing"]}"#, "/ordering/0"),
            (#"{"selectedItems": {"all": false, "included": ["x"]}}"#, "/selectedItems/included"),
            (#"{"filters": []}"#, "/filters"),
        ]
    )
    func `a query that cannot be is refused with its place`(
        _ query: String,
        _ place: String
    ) async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 1)
            let answer = try await server.send(
                .get,
                "/api/tasks/?project=\(project)&query=\(Self.encoded(query))"
            )
            // A filter of something else asks for nothing, so the conjunction does not matter.
            if place.isEmpty { return #expect(answer.status == .ok) }
            #expect(answer.status == .badRequest)
            #expect(try answer.json["code"]?.string == "filter_invalid")
            #expect(try answer.json["place"]?["pointer"]?.string == place)
        }
    }

    @Test func `a broken regular expression is 400, not a failure`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 1)
            let query = Self.filter("data.image", "regex", #""(""#)
            let answer = try await server.send(
                .get,
                "/api/tasks/?project=\(project)&query=\(Self.encoded(query))"
            )
            #expect(answer.status == .badRequest)
        }
    }

    @Test func `orders have several keys, children narrow, a selection picks`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 3)
            _ = try await server.send(.post, "/api/tasks/2/annotations/", #"{"result": []}"#)
            let ordered = #"{"ordering": ["-tasks:total_annotations", "tasks:-id"]}"#
            #expect(try await Self.find(server, project, ordered) == [2, 3, 1])
            let child = """
                {"filters": {"conjunction": "or", "items": [{"filter": "filter:tasks:id",
                "operator": "less", "value": 3, "type": "Number", "child_filter":
                {"filter": "filter:tasks:total_annotations", "operator": "equal", "value": 1,
                "type": "Number"}}]}, "selectedItems": {"all": true, "excluded": [1]}}
                """
            #expect(try await Self.find(server, project, child) == [2])
            let answer = try await server.send(
                .get,
                "/api/tasks/?project=\(project)&only_annotated=true&fields=all"
            )
            let task = try #require(try answer.json["tasks"]?[0])
            #expect(try answer.json["total"]?.int64 == 1)
            #expect(task["annotations_ids"]?.string == "1")
            #expect(task["completed_at"]?.string != nil)
        }
    }

    @Test func `a view keeps its filters, and lists by them`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 3)
            let filters = """
                {"conjunction": "and", "items": [{"filter": "filter:tasks:id", "operator": "greater",
                "value": 1, "type": "Number"}]}
                """
            let made = try await server.send(
                .post,
                "/api/dm/views/",
                """
                {"project": \(project), "data": {"title": "T", "filters": \(filters),
                "ordering": ["-tasks:id"]}}
                """
            )
            #expect(made.status == .created)
            let view = try #require(try made.json["id"]?.int64)
            #expect(try made.json["order"]?.int64 == 0)
            let listed = try await server.send(.get, "/api/tasks/?view=\(view)").json
            #expect(listed["tasks"]?.elements.compactMap { $0["id"]?.int64 } == [3, 2])
            let renamed = try await server.send(
                .patch,
                "/api/dm/views/\(view)",
                #"{"data": {"title": "U", "ordering": []}}"#
            ).json
            #expect(renamed["data"]?["title"]?.string == "U")
            #expect(renamed["data"]?["filters"]?["items"]?.count == 1)
            #expect(renamed["data"]?["ordering"]?.count == 0)
            let bad = try await server.send(
                .patch,
                "/api/dm/views/\(view)/",
                #"{"data": {"ordering": ["tasks:nothing"]}}"#
            )
            #expect(bad.status == .badRequest)
            #expect(try bad.json["place"]?["pointer"]?.string == "/data/ordering/0")
            let second = try await server.send(
                .post,
                "/api/dm/views/",
                "{\"project\": \(project), \"data\": {}}"
            ).json["id"]?.int64
            let order = try await server.send(
                .post,
                "/api/dm/views/order/",
                "{\"project\": \(project), \"ids\": [\(second ?? 0), \(view)]}"
            )
            #expect(order.status == .ok)
            let all = try await server.send(.get, "/api/dm/views/?project=\(project)").json
            #expect(all.elements.compactMap { $0["id"]?.int64 } == [second, view])
            let gone = try await server.send(.delete, "/api/dm/views/\(view)/")
            #expect(gone.status == .noContent)
            #expect(try await server.send(.get, "/api/dm/views/\(view)/").status == .notFound)
            let reset = try await server.send(.delete, "/api/dm/views/reset/?project=\(project)")
            #expect(reset.status == .noContent)
            #expect(try await server.send(.get, "/api/dm/views/").json.count == 0)
        }
    }

    @Test func `columns name the fields of data and what is known of tasks`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject()
            _ = try await server.send(
                .post,
                "/api/projects/\(project)/import",
                #"[{"image": "/data/upload/1/1.png", "city": "Wien"}]"#
            )
            let columns = try #require(
                try await server.send(.get, "/api/dm/columns/?project=\(project)").json["columns"]
            ).elements.map { $0 }
            #expect(columns.first?["id"]?.string == "image")
            #expect(columns.first?["type"]?.string == "Image")
            #expect(columns.dropFirst().first?["type"]?.string == "Unknown")
            #expect(columns.last?["children"]?.elements.compactMap(\.string) == ["image", "city"])
            let shown = try await server.send(.get, "/api/dm/project?project=\(project)").json
            #expect(shown["task_count"]?.int64 == 1)
            #expect(try await server.send(.get, "/api/dm/columns/").status == .notFound)
        }
    }

    @Test func `actions do what they say to the tasks that are asked for`() async throws {
        try await TestServer.with { server in
            let project = try await server.makeProject(tasks: 4)
            func run(_ id: String, _ body: String = "{}") async throws -> TestAnswer {
                try await server.send(.post, "/api/dm/actions?id=\(id)&project=\(project)", body)
            }
            _ = try await server.send(
                .post,
                "/api/predictions/",
                "{\"task\": 1, \"model_version\": \"m\", \"result\": [\(TestServer.region)]}"
            )
            let made = try await run(
                "predictions_to_annotations",
                #"{"model_version": "m", "selectedItems": {"all": true, "excluded": []}}"#
            )
            #expect(try made.json["processed_items"]?.int64 == 1, "\(made.text)")
            let renamed = try await run(
                "rename_labels",
                #"{"control_tag": "label", "old_label_name": "Roof", "new_label_name": "Tree"}"#
            )
            #expect(try renamed.json["processed_items"]?.int64 == 1, "\(renamed.text)")
            let annotation = try await server.send(.get, "/api/annotations/1").json
            #expect(
                annotation["result"]?[0]?["value"]?["rectanglelabels"]?[0]?.string == "Tree"
            )
            // Only the label's own bytes change.
            #expect(annotation["result"]?[0]?["value"]?["y"]?.rawText == "2.50")
            let spread = try await run(
                "propagate_annotations",
                #"{"source_annotation_id": 1, "selectedItems": {"all": false, "included": [1, 2]}}"#
            )
            #expect(try spread.json["processed_items"]?.int64 == 1)
            _ = try await server.send(
                .patch,
                "/api/tasks/2/",
                #"{"data": {"image": "/data/upload/1/1.png"}}"#
            )
            let unique = try await run("remove_duplicates")
            #expect(try unique.json["processed_items"]?.int64 == 1)
            #expect(
                try await server.send(.get, "/api/tasks/1/").json["total_annotations"]?.int64 == 2
            )
            let erased = try await run(
                "delete_tasks_annotations",
                #"{"annotator": 2}"#
            )
            #expect(try erased.json["processed_items"]?.int64 == 0)
            #expect(
                try await run("delete_tasks_annotations").json["processed_items"]?.int64 == 2
            )
            #expect(
                try await run("delete_tasks_predictions").json["processed_items"]?.int64 == 1
            )
            // Nothing picked means nothing here: an action must not fall on everything.
            let none = try await run(
                "delete_tasks",
                #"{"selectedItems": {"all": false, "included": []}}"#
            )
            #expect(try none.json["processed_items"]?.int64 == 0)
            let some = try await run(
                "delete_tasks",
                Self.filter("id", "less", "4", type: "Number")
            )
            #expect(try some.json["processed_items"]?.int64 == 2)
            #expect(try some.json["reload"]?.bool == false)
            #expect(try await run("next_task").json["id"]?.int64 == 4)
            #expect(try await run("delete_tasks").json["reload"]?.bool == true)
            #expect(try await run("no_such").status == .notFound)
            let nameless = try await server.send(.post, "/api/dm/actions/?project=\(project)", "{}")
            #expect(nameless.status.code == 422)
            let form = try await server.send(
                .get,
                "/api/dm/actions/rename_labels/form/?project=\(project)"
            ).json
            #expect(form[0]?["fields"]?[0]?["options"]?[0]?.string == "label")
        }
    }
}
