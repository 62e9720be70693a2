import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let taskRecordPromises: [StoragePromise] = [
        StoragePromise("a walk shows every task once with all that was said of it") { bench in
            let project = try await bench.project(overlap: 2)
            let ids = try await bench.tasks(25, in: project)
            _ = try await bench.tasks(3, in: try await bench.project())
            let first = try await bench.annotate(ids[4], by: bench.ann)
            let second = try await bench.skip(ids[4], by: bench.bob)
            let draft = try await bench.storage.drafts.save(
                result: "[]",
                leadTime: 0,
                wasPostponed: false,
                on: ids[5],
                annotation: nil,
                by: bench.ann
            )
            let prediction = try await bench.storage.predictions.insert([
                (ids[6], NewPrediction(result: "[]"))
            ])[0]
            let records = try await bench.records(
                TaskSelection(project: project, onlyAnnotated: false)
            )
            #expect(records.map(\.task.id) == ids)
            #expect(records[4].annotations == [first, second])
            #expect(records[5].drafts == [draft])
            #expect(records[6].predictions == [prediction.id])
            let task = try await bench.task(ids[4])
            #expect(records[4].task == task)
        },
        StoragePromise("a walk can leave out what nobody has annotated or skipped") { bench in
            let project = try await bench.project(overlap: 2)
            let ids = try await bench.tasks(25, in: project)
            try await bench.annotate(ids[20], by: bench.ann)
            try await bench.skip(ids[3], by: bench.ann)
            let records = try await bench.records(
                TaskSelection(project: project, onlyAnnotated: true)
            )
            #expect(records.map(\.task.id) == [ids[3], ids[20]])
        },
        StoragePromise("a walk through given ids goes up and keeps to its project") { bench in
            let project = try await bench.project()
            let ids = try await bench.tasks(30, in: project)
            let foreign = try await bench.tasks(1, in: try await bench.project())
            let wanted = [ids[29], ids[1], foreign[0], ids[1], TaskID(99_999), ids[15]]
            let records = try await bench.records(
                TaskSelection(project: project, onlyAnnotated: false, ids: wanted)
            )
            #expect(records.map(\.task.id) == [ids[1], ids[15], ids[29]])
            let none = try await bench.records(
                TaskSelection(project: project, onlyAnnotated: true, ids: wanted)
            )
            #expect(none.isEmpty)
        },
    ]
}

extension StorageBench {
    /// Walks to the end in small steps.
    fileprivate func records(_ selection: TaskSelection) async throws -> [TaskRecord] {
        let cursor = try await storage.tasks.records(selection)
        var records: [TaskRecord] = []
        while true {
            let batch = try await cursor.next(4)
            #expect(batch.count <= 4)
            if batch.isEmpty { return records }
            records += batch
        }
    }
}
