import Contracts
import LabelModel
import Testing

/// Tasks with something in every column, and short ways to ask for them.
private struct QueryBench {
    let bench: StorageBench
    let project: ProjectID
    let tasks: [TaskID]

    init(_ bench: StorageBench) async throws {
        self.bench = bench
        project = try await bench.project()
        let data: [RawJSON] = [
            #"{"text":"Größe 10","price":9,"ok":true,"deep":{"a":"x"},"a.b":"dot"}"#,
            #"{"text":"size 100%","price":"10.5","ok":false,"deep":{"a":null}}"#,
            #"{"text":"","price":100,"tags":["red","blue"]}"#,
            #"{"text":null,"price":"none"}"#,
        ]
        tasks = try await bench.storage.tasks.insert(
            data.map { NewTask(data: $0) },
            into: project,
            by: bench.ann,
            file: nil
        )
        // In a project beside it nothing may be found.
        let other = try await bench.project()
        _ = try await bench.storage.tasks.insert(
            data.map { NewTask(data: $0) },
            into: other,
            by: bench.ann,
            file: nil
        )
    }

    /// Places, from 0, of the tasks that a query finds.
    func find(_ query: TaskQuery) async throws -> [Int] {
        let found = try await bench.storage.tasks.page(query, of: project, number: 1, size: 50)
        #expect(found.totals.tasks == Int64(found.tasks.count))
        let ids = try await bench.storage.tasks.ids(query, of: project, after: nil, limit: 50)
        #expect(ids == found.tasks.map(\.id).sorted())
        return found.tasks.compactMap { tasks.firstIndex(of: $0.id) }
    }

    func find(_ column: TaskColumn, _ test: TaskTest, negated: Bool = false) async throws -> [Int] {
        try await find(
            TaskQuery(filter: .condition(TaskCondition(column, test, isNegated: negated)))
        )
    }

    /// Expects tasks for a test, and the other tasks for its negation.
    func expect(
        _ column: TaskColumn,
        _ test: TaskTest,
        finds places: [Int],
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await find(column, test)
        #expect(found == places, sourceLocation: sourceLocation)
        let rest = try await find(column, test, negated: true)
        let others = (0..<4).filter { !places.contains($0) }
        #expect(rest == others, sourceLocation: sourceLocation)
    }

    func order(_ keys: TaskOrder...) async throws -> [Int] {
        try await find(TaskQuery(order: keys))
    }
}

extension StorageConformance {
    static let queryPromises: [StoragePromise] = [
        StoragePromise("tasks are found by fields of their data") { bench in
            let query = try await QueryBench(bench)
            let text = TaskColumn.data(["text"])
            try await query.expect(text, .equal(.text("size 100%")), finds: [1])
            try await query.expect(text, .contains(["GRÖSSE", "größe"]), finds: [0])
            try await query.expect(text, .contains(["100%"]), finds: [1])
            try await query.expect(text, .contains(["SIZE"]), finds: [1])
            try await query.expect(text, .startsWith("Grö"), finds: [0])
            try await query.expect(text, .endsWith("0%"), finds: [1])
            try await query.expect(text, .matches("^[A-Z].*\\d+$"), finds: [0])
            try await query.expect(text, .isEmpty, finds: [2, 3])
            try await query.expect(text, .oneOf([.text("Größe 10"), .text("")]), finds: [0, 2])
            try await query.expect(.data(["deep", "a"]), .equal(.text("x")), finds: [0])
            try await query.expect(.data(["a", "b"]), .equal(.text("dot")), finds: [0])
            try await query.expect(.data(["tags"]), .contains(["\"red\""]), finds: [2])
            try await query.expect(.data(["nothing"]), .isEmpty, finds: [0, 1, 2, 3])
            try await query.expect(.data(["it's"]), .equal(.text("' OR 1")), finds: [])
        },
        StoragePromise("data fields compare as numbers and truths when asked to") { bench in
            let query = try await QueryBench(bench)
            let price = TaskColumn.data(["price"])
            try await query.expect(price, .greater(.number(9)), finds: [1, 2])
            try await query.expect(price, .lessOrEqual(.number(10.5)), finds: [0, 1])
            try await query.expect(price, .between(.number(9), .number(50)), finds: [0, 1])
            try await query.expect(price, .equal(.text("9")), finds: [0])
            try await query.expect(.data(["ok"]), .equal(.bool(true)), finds: [0])
            try await query.expect(.data(["ok"]), .equal(.bool(false)), finds: [1])
            try await query.expect(.data(["ok"]), .equal(.text("true")), finds: [0])
        },
        StoragePromise("tasks are found by what was said of them") { bench in
            let query = try await QueryBench(bench)
            let tasks = query.tasks
            let first = try await bench.annotate(tasks[0], by: bench.ann) {
                $0.result = #"[{"value":{"choices":["caf\u00e9"]}}]"#
                $0.leadTime = 4
            }
            try await bench.annotate(tasks[0], by: bench.bob) { $0.leadTime = 8 }
            try await bench.skip(tasks[1], by: bench.bob)
            _ = try await bench.storage.predictions.insert([
                (tasks[2], NewPrediction(result: "[1]", modelVersion: "m-1", score: 0.25)),
                (tasks[2], NewPrediction(result: "[2]", modelVersion: "m-2", score: 0.75)),
            ])
            _ = try await bench.storage.drafts.save(
                result: "[]",
                leadTime: 1,
                wasPostponed: false,
                on: tasks[3],
                annotation: nil,
                by: bench.cid
            )
            try await query.expect(.totalAnnotations, .equal(.number(2)), finds: [0])
            try await query.expect(.totalAnnotations, .isEmpty, finds: [1, 2, 3])
            try await query.expect(.cancelledAnnotations, .greater(.number(0)), finds: [1])
            try await query.expect(.totalPredictions, .isEmpty, finds: [0, 1, 3])
            let bob = TaskValue.number(Double(bench.bob.rawValue))
            try await query.expect(.annotators, .oneOf([bob]), finds: [0, 1])
            try await query.expect(.annotators, .isEmpty, finds: [2, 3])
            try await query.expect(.updatedBy, .oneOf([bob]), finds: [0, 1])
            let id = TaskValue.number(Double(first.id.rawValue))
            try await query.expect(.annotationIDs, .oneOf([id]), finds: [0])
            try await query.expect(.annotationResults, .contains(["café"]), finds: [0])
            try await query.expect(
                .annotationResults,
                .equal(.text(#"[ {"value": {"choices": ["café"]}} ]"#)),
                finds: []
            )
            try await query.expect(
                .annotationResults,
                .equal(.text(#"[{"id": "r1"}]"#)),
                finds: [0, 1]
            )
            try await query.expect(.predictionResults, .isEmpty, finds: [0, 1, 3])
            try await query.expect(.predictionModelVersions, .contains(["M-2"]), finds: [2])
            try await query.expect(.predictionScore, .equal(.number(0.5)), finds: [2])
            try await query.expect(.meanLeadTime, .equal(.number(6)), finds: [0])
            try await query.expect(.hasDrafts, .equal(.bool(true)), finds: [3])
            try await query.expect(.isLabeled, .equal(.bool(true)), finds: [0])
            try await query.expect(.completedAt, .isEmpty, finds: [1, 2, 3])
            try await query.expect(.fileUpload, .isEmpty, finds: [0, 1, 2, 3])
            try await query.expect(
                .createdAt,
                .greater(.moment(Timestamp(microseconds: 0))),
                finds: [0, 1, 2, 3]
            )
        },
        StoragePromise("conditions join, and a selection narrows them") { bench in
            let query = try await QueryBench(bench)
            let cheap = TaskFilter.condition(
                TaskCondition(.data(["price"]), .less(.number(50)))
            )
            let size = TaskFilter.condition(TaskCondition(.data(["text"]), .contains(["size"])))
            #expect(try await query.find(TaskQuery(filter: .all([cheap, size]))) == [1])
            #expect(try await query.find(TaskQuery(filter: .any([cheap, size]))) == [0, 1])
            #expect(try await query.find(TaskQuery(filter: .any([]))) == [0, 1, 2, 3])
            let picked = [query.tasks[1], query.tasks[3]]
            #expect(try await query.find(TaskQuery(selection: .only(picked))) == [1, 3])
            #expect(try await query.find(TaskQuery(selection: .except(picked))) == [0, 2])
            #expect(try await query.find(TaskQuery(filter: cheap, selection: .only(picked))) == [1])
            #expect(try await query.find(TaskQuery(selection: .only([]))) == [])
        },
        StoragePromise("orders have several keys, and tasks without a value come last") { bench in
            let query = try await QueryBench(bench)
            let price = TaskColumn.data(["price"])
            #expect(try await query.order(TaskOrder(price, isNumeric: true)) == [0, 1, 2, 3])
            #expect(
                try await query.order(TaskOrder(price, isDescending: true, isNumeric: true))
                    == [2, 1, 0, 3]
            )
            #expect(try await query.order(TaskOrder(price)) == [1, 2, 0, 3])
            #expect(
                try await query.order(
                    TaskOrder(.data(["ok"]), isDescending: true),
                    TaskOrder(.id, isDescending: true)
                ) == [0, 1, 3, 2]
            )
            #expect(try await query.order(TaskOrder(.id, isDescending: true)) == [3, 2, 1, 0])
        },
        StoragePromise("found tasks come in pages with counts over all of them") { bench in
            let query = try await QueryBench(bench)
            try await bench.annotate(query.tasks[1], by: bench.ann)
            let filter = TaskFilter.condition(
                TaskCondition(.data(["price"]), .less(.number(1000)))
            )
            let asked = TaskQuery(filter: filter, order: [TaskOrder(.id, isDescending: true)])
            let tasks = bench.storage.tasks
            let second = try await tasks.page(asked, of: query.project, number: 2, size: 2)
            #expect(second.tasks.map(\.id) == [query.tasks[0]])
            #expect(second.totals.tasks == 3 && second.totals.annotations == 1)
            #expect(
                try await tasks.page(asked, of: query.project, number: 3, size: 2).tasks.isEmpty
            )
            #expect(
                try await tasks.ids(asked, of: query.project, after: query.tasks[0], limit: 1)
                    == [query.tasks[1]]
            )
        },
        StoragePromise("a regular expression that is none or never ends is refused") { bench in
            let query = try await QueryBench(bench)
            await expect(.invalid) { _ = try await query.find(.data(["text"]), .matches("a(")) }
            _ = try await bench.storage.tasks.insert(
                [
                    NewTask(
                        data: RawJSON(
                            checked: Array(
                                "{\"text\":\"\(String(repeating: "a", count: 40))!\"}".utf8
                            )
                        )
                    )
                ],
                into: query.project,
                by: bench.ann,
                file: nil
            )
            await expect(.invalid) {
                _ = try await query.find(.data(["text"]), .matches("^(a+)+$"))
            }
            await expect(.invalid) { _ = try await query.find(.data(["a\"b"]), .isEmpty) }
        },
        StoragePromise("the fields of data are told, and found tasks are deleted") { bench in
            let query = try await QueryBench(bench)
            let tasks = bench.storage.tasks
            #expect(
                try await tasks.dataFields(of: query.project, limit: 2) == [
                    "text", "price", "tags",
                ]
            )
            let stranger = try await bench.tasks(1, in: bench.project())[0]
            let doomed = [query.tasks[0], stranger, TaskID(99_999)]
            #expect(try await tasks.delete(doomed, of: query.project) == 1)
            #expect(try await bench.counters(of: query.project).tasks == 3)
            #expect(try await tasks.task(stranger) != nil)
        },
    ]
}
