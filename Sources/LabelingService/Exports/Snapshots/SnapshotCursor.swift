import Contracts
import LabelModel
import Synchronization

/// Walks through the tasks that a snapshot is to hold, with the annotations that it keeps.
final class SnapshotCursor: TaskRecordCursor {
    private let tasks: any TaskStore
    private let project: ProjectID
    private let query: TaskQuery
    private let options: SnapshotOptions
    private let position = Mutex<(last: TaskID?, count: Int64)>((nil, 0))

    init(
        _ tasks: any TaskStore,
        project: ProjectID,
        query: TaskQuery,
        options: SnapshotOptions
    ) {
        self.tasks = tasks
        self.project = project
        self.query = query
        self.options = options
    }

    /// Tasks handed out so far.
    var count: Int64 { position.withLock(\.count) }

    func next(_ limit: Int) async throws(StorageError) -> [TaskRecord] {
        while true {
            let last = position.withLock(\.last)
            let ids = try await tasks.ids(query, of: project, after: last, limit: limit)
            guard let end = ids.last else { return [] }
            let selection = TaskSelection(project: project, onlyAnnotated: false, ids: ids)
            var records = try await tasks.records(selection).next(ids.count)
            for index in records.indices {
                records[index].annotations.removeAll { !options.keeps($0) }
            }
            position.withLock { $0 = (end, $0.count + Int64(records.count)) }
            // All of these may have been deleted meanwhile; an empty answer would mean the end.
            if !records.isEmpty { return records }
        }
    }
}
