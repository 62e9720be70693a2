import Contracts
import LabelModel

extension DataManager {
    func deleteTasks(
        _ query: TaskQuery,
        in project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> TaskActionOutcome {
        var count: Int64 = 0
        var entry: TrashID?
        try await forEachStep(of: query, in: project) { ids async throws(ServiceError) in
            let discarded = try await stored(
                await storage.trash.discard(ids, of: project, into: entry, by: user.id)
            )
            count += discarded.count
            entry = discarded.entry ?? entry
        }
        labeling.recentTasks.removeAll()
        let left = try await stored(await storage.projects.project(project))?.counters.tasks ?? 0
        // As in Label Studio: tabs over nothing go with the last task.
        if left == 0 { try await stored(await storage.views.deleteAll(of: project)) }
        return .done(processed: count, detail: "Deleted \(count) tasks", reloads: left == 0)
    }

    func deleteAnnotations(
        _ query: TaskQuery,
        in project: ProjectID,
        of annotator: UserID?,
        by user: User
    ) async throws(ServiceError) -> TaskActionOutcome {
        var count: Int64 = 0
        try await forEachStep(of: query, in: project) { ids async throws(ServiceError) in
            count += try await stored(
                await storage.annotations.deleteAll(of: ids, of: annotator, by: user.id)
            )
        }
        labeling.recentTasks.removeAll()
        return .done(processed: count, detail: "Deleted \(count) annotations", reloads: false)
    }

    func deletePredictions(
        _ query: TaskQuery,
        in project: ProjectID
    ) async throws(ServiceError) -> TaskActionOutcome {
        var count: Int64 = 0
        try await forEachStep(of: query, in: project) { ids async throws(ServiceError) in
            count += try await stored(await storage.predictions.deleteAll(of: ids))
        }
        labeling.recentTasks.removeAll()
        return .done(processed: count, detail: "Deleted \(count) predictions", reloads: false)
    }

    /// Of tasks with the same data keeps the first, which gets what was said of the others.
    func removeDuplicates(
        _ query: TaskQuery,
        in project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> TaskActionOutcome {
        // Half a digest of each data: 16 bytes a task, and no two of a project meet by chance.
        var firsts: [[UInt8]: TaskID] = [:]
        var count: Int64 = 0
        var entry: TrashID?
        try await forEachStep(of: query, in: project) { ids async throws(ServiceError) in
            let selection = TaskSelection(project: project, onlyAnnotated: false, ids: ids)
            let cursor = try await stored(await storage.tasks.records(selection))
            var duplicates: [TaskID] = []
            while true {
                let records = try await stored(await cursor.next(100))
                if records.isEmpty { break }
                for record in records {
                    let digest = Array(environment.sha256(record.task.data.bytes).prefix(16))
                    guard let first = firsts[digest] else {
                        firsts[digest] = record.task.id
                        continue
                    }
                    if !record.annotations.isEmpty || !record.predictions.isEmpty {
                        try await stored(
                            await storage.annotations.move(
                                from: record.task.id,
                                to: first,
                                by: user.id
                            )
                        )
                    }
                    duplicates.append(record.task.id)
                }
            }
            guard !duplicates.isEmpty else { return }
            let discarded = try await stored(
                await storage.trash.discard(duplicates, of: project, into: entry, by: user.id)
            )
            count += discarded.count
            entry = discarded.entry ?? entry
        }
        labeling.recentTasks.removeAll()
        return .done(processed: count, detail: "Removed \(count) duplicates", reloads: false)
    }
}
