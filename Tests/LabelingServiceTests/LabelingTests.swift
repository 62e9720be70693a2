import Contracts
import LabelModel
import LabelingService
import Testing

@Suite(.serialized)
struct LabelingTests {
    private let city =
        #"[{"id":"r","from_name":"kind","to_name":"image","type":"choices","value":{"choices":["City"]}}]"#

    private func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }

    private func taskOfNewProject(
        _ house: House,
        _ change: (inout ProjectSettings) -> Void = { _ in }
    ) async throws -> (Project, TaskID) {
        let project = try await house.project(House.imageConfig, change)
        let answer = try await house.importText(#"[{"image":"a.png"}]"#, into: project)
        return (project, answer.taskIDs[0])
    }

    @Test func `the next task comes with predictions and one's own draft`() async throws {
        let house = try await House()
        let (project, task) = try await taskOfNewProject(house)
        let labeling = house.service.labeling
        _ = try await labeling.predict(
            body: bytes(#"{"task":\#(task),"result":\#(city),"model_version":"m"}"#),
            by: house.administrator
        )
        _ = try await labeling.saveDraft(
            on: task,
            annotation: nil,
            body: bytes(#"{"result":\#(city)}"#),
            by: house.annotator
        )
        let next = try await labeling.next(in: project.id, for: house.annotator)
        #expect(next?.lease.task.id == task)
        #expect(next?.predictions.count == 1)
        #expect(next?.lease.drafts.count == 1)
        #expect(try await labeling.next(in: project.id, for: house.administrator) == nil)
    }

    @Test func `an answer is stored byte for byte and finishes the task`() async throws {
        let house = try await House()
        let (project, task) = try await taskOfNewProject(house)
        let labeling = house.service.labeling
        let spaced = city.replacing(",", with: " ,  ")
        let stored = try await labeling.annotate(
            task,
            body: bytes(#"{"lead_time":1.5,"result": \#(spaced) }"#),
            by: house.annotator
        )
        #expect(stored.annotation.result.text == spaced)
        #expect(stored.annotation.resultCount == 1)
        #expect(stored.annotation.leadTime == 1.5)
        #expect(try await labeling.task(task).isLabeled)
        #expect(try await labeling.next(in: project.id, for: house.annotator) == nil)
    }

    @Test func `a repeated submission is the first one`() async throws {
        let house = try await House()
        let (_, task) = try await taskOfNewProject(house)
        let body = bytes(
            #"{"result":\#(city),"unique_id":"123E4567-E89B-12D3-A456-426614174000"}"#
        )
        let labeling = house.service.labeling
        let first = try await labeling.annotate(task, body: body, by: house.annotator)
        let second = try await labeling.annotate(task, body: body, by: house.annotator)
        guard case .stored = first, case .alreadyStored = second else {
            Issue.record("the second one was stored too")
            return
        }
        #expect(first.annotation.id == second.annotation.id)
        let error = await #expect(throws: ServiceError.self) {
            try await labeling.annotate(task, body: body, by: house.administrator)
        }
        #expect(error?.code == "duplicate_unique_id")
        #expect(error?.kind == .conflict)
    }

    @Test(arguments: [
        ("{", "json_"),
        ("[]", "body_not_object"),
        ("{}", "body_field_missing"),
        (#"{"result":{}}"#, "result_form"),
        (#"{"result":[1]}"#, "result_form"),
        (
            #"{"result":[{"from_name":"nothing","to_name":"image","type":"choices","value":{"choices":["City"]}}]}"#,
            "result_from_name_unknown"
        ),
        (#"{"result":[],"lead_time":"soon"}"#, "body_field_invalid"),
        (#"{"result":[],"unique_id":"x"}"#, "body_field_invalid"),
        (#"{"result":[],"completed_by":77}"#, "body_field_invalid"),
    ])
    func `an answer that does not fit is refused`(body: String, code: String) async throws {
        let house = try await House()
        let (_, task) = try await taskOfNewProject(house)
        let error = await #expect(throws: ServiceError.self) {
            try await house.service.labeling.annotate(task, body: bytes(body), by: house.annotator)
        }
        #expect(error?.code.hasPrefix(code) == true)
        #expect(error?.place != nil)
        #expect(try await house.service.labeling.annotations(of: task).isEmpty)
    }

    @Test func `a skipped task may be empty, unless it cannot be skipped`() async throws {
        let house = try await House()
        let project = try await house.project()
        let ids = try await house.importText(
            #"[{"data":{"image":"a"}},{"data":{"image":"b"},"allow_skip":false}]"#,
            into: project
        ).taskIDs
        let labeling = house.service.labeling
        let skipped = try await labeling.annotate(
            ids[0],
            body: bytes("{}"),
            wasCancelled: true,
            by: house.annotator
        )
        #expect(skipped.annotation.wasCancelled)
        let error = await #expect(throws: ServiceError.self) {
            try await labeling.annotate(
                ids[1],
                body: bytes(#"{"was_cancelled":true}"#),
                by: house.annotator
            )
        }
        #expect(error?.code == "task_cannot_be_skipped")
    }

    @Test func `a stale change is a conflict`() async throws {
        let house = try await House()
        let (_, task) = try await taskOfNewProject(house)
        let labeling = house.service.labeling
        let id = try await labeling.annotate(
            task,
            body: bytes(#"{"result":\#(city)}"#),
            by: house.annotator
        ).annotation.id
        let changed = try await labeling.update(
            id,
            body: bytes(#"{"result":[]}"#),
            expectedRevision: 1,
            by: house.annotator
        )
        #expect(changed.revision == 2)
        let error = await #expect(throws: ServiceError.self) {
            try await labeling.update(
                id,
                body: bytes(#"{"result":\#(city)}"#),
                expectedRevision: 1,
                by: house.annotator
            )
        }
        #expect(error?.code == "stale_revision")
        #expect(try await labeling.annotation(id).result.text == "[]")
        #expect(try await labeling.history(of: id).count == 2)
    }

    @Test func `drafts may be incomplete and are nobody else's`() async throws {
        let house = try await House()
        let (_, task) = try await taskOfNewProject(house)
        let labeling = house.service.labeling
        let draft = try await labeling.saveDraft(
            on: task,
            annotation: nil,
            body: bytes(#"{"result":[{"id":"half"}]}"#),
            by: house.annotator
        )
        await #expect(throws: ServiceError.self) {
            try await labeling.draft(draft.id, by: house.administrator)
        }
        let stored = try await labeling.annotate(
            task,
            body: bytes(#"{"result":\#(city),"draft_id":\#(draft.id)}"#),
            by: house.annotator
        )
        #expect(stored.annotation.draftCreatedAt == draft.createdAt)
        #expect(try await labeling.drafts(of: task, by: house.annotator).isEmpty)
    }

    @Test(arguments: [
        (#""City""#, #"{"choices":["City"]}"#),
        (#"{"choices":["Land"]}"#, #"{"choices":["Land"]}"#),
    ])
    func `a short prediction is put under the control that takes it`(
        short: String,
        value: String
    ) async throws {
        let house = try await House()
        let (_, task) = try await taskOfNewProject(house)
        let prediction = try await house.service.labeling.predict(
            body: bytes(#"{"task":\#(task),"result":\#(short),"score":0.25}"#),
            by: house.administrator
        )
        #expect(
            prediction.result.text
                == #"[{"from_name":"kind","to_name":"image","type":"choices","value":\#(value)}]"#
        )
        #expect(prediction.misfit == nil)
        #expect(prediction.modelVersion == "undefined")
    }

    @Test func `predictions for tasks of another project are refused together`() async throws {
        let house = try await House()
        let (project, task) = try await taskOfNewProject(house)
        let (_, other) = try await taskOfNewProject(house)
        let labeling = house.service.labeling
        let error = await #expect(throws: ServiceError.self) {
            try await labeling.importPredictions(
                body: bytes(
                    #"[{"task":\#(task),"result":[]},{"task":\#(other),"result":[]}]"#
                ),
                into: project.id,
                by: house.administrator
            )
        }
        #expect(error?.place == .pointer("/1/task"))
        #expect(try await labeling.predictions(of: task).isEmpty)
    }

    @Test func `data that the config cannot show is refused when a task is changed`() async throws {
        let house = try await House()
        let (_, task) = try await taskOfNewProject(house)
        let labeling = house.service.labeling
        let error = await #expect(throws: ServiceError.self) {
            try await labeling.update(
                task,
                body: bytes(#"{"data":{"other":1}}"#),
                by: house.administrator
            )
        }
        #expect(error?.code == "task_data_missing")
        let changed = try await labeling.update(
            task,
            body: bytes(#"{"data":{"image":"b.png"},"meta":{"k":1}}"#),
            by: house.administrator
        )
        #expect(changed.data.text == #"{"image":"b.png"}"#)
        #expect(changed.meta.text == #"{"k":1}"#)
    }
}
