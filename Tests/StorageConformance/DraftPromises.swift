import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let draftPromises: [StoragePromise] = [
        StoragePromise("a second draft replaces the first and keeps its id") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let drafts = bench.storage.drafts
            let first = try await drafts.save(
                result: "[1]",
                leadTime: 1.5,
                wasPostponed: false,
                on: task,
                annotation: nil,
                by: bench.ann
            )
            let second = try await drafts.save(
                result: "[2]",
                leadTime: 3,
                wasPostponed: true,
                on: task,
                annotation: nil,
                by: bench.ann
            )
            #expect(second.id == first.id && second.createdAt == first.createdAt)
            #expect(second.result == "[2]" && second.leadTime == 3 && second.wasPostponed)
            #expect(second.updatedAt > first.updatedAt)
            #expect(try await drafts.draft(first.id) == second)
        },
        StoragePromise("drafts differ by user and by the annotation that they change") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let annotation = try await bench.annotate(task, by: bench.ann).id
            let drafts = bench.storage.drafts
            let new = try await drafts.save(
                result: "[]",
                leadTime: 0,
                wasPostponed: false,
                on: task,
                annotation: nil,
                by: bench.ann
            )
            let change = try await drafts.save(
                result: "[]",
                leadTime: 0,
                wasPostponed: false,
                on: task,
                annotation: annotation,
                by: bench.ann
            )
            let others = try await drafts.save(
                result: "[]",
                leadTime: 0,
                wasPostponed: false,
                on: task,
                annotation: nil,
                by: bench.bob
            )
            #expect(Set([new.id, change.id, others.id]).count == 3)
            #expect(change.annotation == annotation && change.project == project)
            #expect(try await drafts.drafts(of: task, by: bench.ann) == [new, change])
            #expect(try await drafts.drafts(of: task, by: nil) == [new, change, others])
        },
        StoragePromise("a draft needs a task, and an annotation of that task") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(2, in: project)
            let annotation = try await bench.annotate(tasks[0], by: bench.ann).id
            await expect(.notFound) {
                _ = try await bench.storage.drafts.save(
                    result: "[]",
                    leadTime: 0,
                    wasPostponed: false,
                    on: TaskID(999),
                    annotation: nil,
                    by: bench.ann
                )
            }
            await expect(.invalid) {
                _ = try await bench.storage.drafts.save(
                    result: "[]",
                    leadTime: 0,
                    wasPostponed: false,
                    on: tasks[1],
                    annotation: annotation,
                    by: bench.ann
                )
            }
        },
        StoragePromise("a changed draft keeps what the change does not name") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let drafts = bench.storage.drafts
            let draft = try await drafts.save(
                result: "[1]",
                leadTime: 1,
                wasPostponed: false,
                on: task,
                annotation: nil,
                by: bench.ann
            )
            let changed = try await drafts.update(
                draft.id,
                result: nil,
                leadTime: 2,
                wasPostponed: true
            )
            #expect(changed.result == "[1]" && changed.leadTime == 2 && changed.wasPostponed)
            try await drafts.delete(draft.id)
            #expect(try await drafts.draft(draft.id) == nil)
            await expect(.notFound) { try await drafts.delete(draft.id) }
            await expect(.notFound) {
                _ = try await drafts.update(draft.id, result: nil, leadTime: nil, wasPostponed: nil)
            }
        },
    ]
}
