import Contracts
import LabelModel
import LabelingService
import Testing

@Suite(.serialized)
struct ImportJSONTests {
    @Test func `wrappers and bare data both become tasks, byte for byte`() async throws {
        let house = try await House()
        let project = try await house.project()
        let answer = try await house.importText(
            #"[{"data":{"image": "a.png",  "n":1.50}}, {"image":"b.png"}]"#,
            into: project
        )
        #expect(answer.taskCount == 2)
        #expect(answer.dataColumns == ["image", "n"])
        let tasks = try await house.service.labeling.tasks(in: project.id, page: 1, size: 10).tasks
        #expect(
            tasks.map(\.data.text) == [#"{"image": "a.png",  "n":1.50}"#, #"{"image":"b.png"}"#]
        )
        #expect(answer.taskIDs == tasks.map(\.id))
    }

    @Test func `a lone object is one task`() async throws {
        let house = try await House()
        let project = try await house.project()
        let answer = try await house.importText(#"{"image":"a.png"}"#, into: project)
        #expect(answer.taskCount == 1)
    }

    @Test func `annotations and predictions come along`() async throws {
        let house = try await House()
        let project = try await house.project()
        let answer = try await house.importText(
            """
            [{"data":{"image":"a.png"},
              "annotations":[{"id":77,"completed_by":{"email":"ANN@example.org"},"lead_time":3,"result":
                [{"id":"r1","from_name":"kind","to_name":"image","type":"choices","value":{"choices":["City"]}}]}],
              "predictions":[{"model_version":"m1","score":0.5,"result":
                [{"from_name":"kind","to_name":"image","type":"choices","value":{"choices":["Moon"]}}]}]}]
            """,
            into: project
        )
        #expect(answer.annotationCount == 1)
        #expect(answer.predictionCount == 1)
        let task = try #require(answer.taskIDs.first)
        let details = try await house.service.labeling.details(of: task, for: house.annotator)
        #expect(details.annotations.first?.completedBy == house.annotator.id)
        #expect(details.annotations.first?.importID == 77)
        #expect(details.annotations.first?.groundTruth == true)
        #expect(details.predictions.first?.misfit != nil)
        #expect(details.predictions.first?.score == 0.5)
    }

    /// A body with one of everything, cut at every tenth byte.
    static let body = """
        [{"data":{"image":"ä.png","n":12.5e1,"ok":true}},\n {"data":{"image":"b.png"},"annotations":[{"result":[]}]}]
        """
    static let cuts = Array(stride(from: 0, to: Array(body.utf8).count, by: 10))

    @Test(arguments: cuts)
    func `truncated JSON is refused with its place and stores nothing`(cut: Int) async throws {
        let house = try await House()
        let project = try await house.project()
        let bytes = Array(Array(Self.body.utf8).prefix(cut))
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.imports.importBody(
                Chunks(bytes, of: 7),
                mediaType: "application/json",
                into: project.id,
                options: ImportOptions(),
                by: house.administrator
            )
        }
        #expect(error?.kind == .invalid)
        #expect(error?.code.hasPrefix("json_") == true)
        #expect(error?.place != nil)
        #expect(error?.hint != nil)
        #expect(try await house.taskCount(project) == 0)
    }

    @Test func `truncated JSON is refused when it is long enough to be split`() async throws {
        var limits = ServiceLimits()
        limits.importBufferBytes = 20
        let house = try await House(limits: limits)
        let project = try await house.project()
        await #expect(throws: ServiceError.self) {
            try await house.importText(
                String(Self.body.dropLast(3)),
                into: project,
                chunk: 9
            )
        }
        #expect(try await house.taskCount(project) == 0)
        try await house.importText(Self.body, into: project, chunk: 9)
        #expect(try await house.taskCount(project) == 2)
    }

    @Test(arguments: [
        (
            #"[{"data":{"image":"a"},"annotations":[{"result":[{"from_name":"box","to_name":"image","type":"rectanglelabels","value":{"x":1,"y":1,"width":5,"height":NaN,"rectanglelabels":["Car"]}}]}]}]"#,
            "json_"
        ),
        (
            #"[{"data":{"image":"a"},"annotations":[{"result":[{"from_name":"kind","to_name":"image","type":"choices","value":{"choices":["Moon"]}}]}]}]"#,
            "result_choice_unknown"
        ),
        (
            #"[{"data":{"image":"a"},"annotations":[{"result":[{"from_name":"box","to_name":"image","type":"rectanglelabels","value":{"x":1,"y":1,"width":5,"height":5,"rectanglelabels":["Boat"]}}]}]}]"#,
            "result_label_unknown"
        ),
        (
            #"[{"data":{"image":"a"},"annotations":[{"result":[{"from_name":"kind","to_name":"other","type":"choices","value":{"choices":["City"]}}]}]}]"#,
            "result_to_name_wrong"
        ),
        (
            #"[{"data":{"image":"a"},"annotations":[{"completed_by":99,"result":[]}]}]"#,
            "completed_by_unknown"
        ),
        (#"[{"data":{"image":"a"},"annotations":[{}]}]"#, "body_field_missing"),
        (#"[{"data":{"image":"a"},"annotations":{}}]"#, "body_field_invalid"),
        (#"[{"data":{"picture":"a"}}]"#, "task_data_missing"),
        (#"[{"data":{"image":7}}]"#, "task_data_type"),
        (#"[1]"#, "task_form"),
        (#""text""#, "import_form"),
        (#"[]"#, "import_empty"),
    ])
    func `what does not fit is refused and stores nothing`(
        body: String,
        code: String
    ) async throws {
        let house = try await House()
        let project = try await house.project()
        let error = await #expect(throws: ServiceError.self) {
            try await house.importText(body, into: project)
        }
        #expect(error?.code.hasPrefix(code) == true, "\(String(describing: error))")
        #expect(error?.hint != nil)
        #expect(try await house.taskCount(project) == 0)
    }

    @Test func `each wrong task is told, with a pointer to the first`() async throws {
        let house = try await House()
        let project = try await house.project()
        let error = await #expect(throws: ServiceError.self) {
            try await house.importText(
                #"[{"image":"a"},{"other":1},{"image":"b"},{"data":{"image":5}}]"#,
                into: project
            )
        }
        #expect(error?.place == .pointer("/1/image"))
        #expect(error?.problems.count == 2)
        #expect(error?.problems.last?.hasPrefix("Error at item 3: ") == true)
    }

    @Test func `text that is not UTF-8 is refused at its place`() async throws {
        let house = try await House()
        let project = try await house.project()
        let bytes = Array(#"[{"image":"a"#.utf8) + [0xFF] + Array(#""}]"#.utf8)
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.imports.importBody(
                Chunks(bytes, of: 100),
                mediaType: nil,
                into: project.id,
                options: ImportOptions(),
                by: house.administrator
            )
        }
        #expect(error?.code == "json_not_utf8")
        #expect(error?.place == .line(1, column: 13))
    }

    @Test func `a task with a text of 50 MB is taken`() async throws {
        let house = try await House()
        let project = try await house.project(House.textConfig)
        let text = String(repeating: "0123456789", count: 5_000_000)
        let answer = try await house.importText(
            #"[{"data":{"text":"\#(text)"}}]"#,
            into: project,
            chunk: 1 << 20
        )
        #expect(answer.taskCount == 1)
        let task = try await house.service.labeling.task(answer.taskIDs[0])
        #expect(task.data.bytes.count == 50_000_011)
    }

    @Test(arguments: [10, 100_000])
    func `a task above the limit is refused`(bufferBytes: Int) async throws {
        var limits = ServiceLimits()
        limits.maxTaskBytes = 1_000
        limits.importBufferBytes = bufferBytes
        let house = try await House(limits: limits)
        let project = try await house.project(House.textConfig)
        let long = String(repeating: "x", count: 1_000)
        let error = await #expect(throws: ServiceError.self) {
            try await house.importText(
                #"[{"text":"a"},{"text":"\#(long)"}]"#,
                into: project,
                chunk: 64
            )
        }
        #expect(error?.code == "task_too_large")
        #expect(error?.kind == .tooLarge)
        #expect(try await house.taskCount(project) == 0)
    }

    @Test func `an import in many batches is seen as a whole`() async throws {
        var limits = ServiceLimits()
        limits.importBufferBytes = 50_000
        let house = try await House(limits: limits)
        let project = try await house.project(House.textConfig)
        let body =
            "[" + (0..<5_000).map { #"{"text":"number \#($0)"}"# }.joined(separator: ",") + "]"
        let answer = try await house.importText(body, into: project)
        #expect(answer.taskCount == 5_000)
        #expect(answer.taskIDs.count == 5_000)
        #expect(try await house.taskCount(project) == 5_000)
        let page = try await house.service.labeling.tasks(in: project.id, page: 50, size: 100)
        #expect(page.tasks.last?.data.text == #"{"text":"number 4999"}"#)
    }

    @Test func `a field with answers of a model becomes a prediction`() async throws {
        let house = try await House()
        let project = try await house.project()
        let answer = try await house.importText(
            #"[{"image":"a.png","kind":"City"}]"#,
            into: project,
            options: ImportOptions(preannotatedFromFields: ["kind"])
        )
        let details = try await house.service.labeling.details(
            of: answer.taskIDs[0],
            for: house.annotator
        )
        #expect(details.task.data.text == #"{"image":"a.png"}"#)
        #expect(
            details.predictions.first?.result.text
                == #"[{"from_name":"kind","to_name":"image","type":"choices","value":{"choices":["City"]}}]"#
        )
        #expect(details.predictions.first?.misfit == nil)
    }
}
