import Contracts
import LabelModel
import Synchronization

/// Walks through tasks by inner id, or through given ids, one batch in memory at a time.
final class SQLiteTaskRecordCursor: TaskRecordCursor {
    private enum Position {
        /// The last inner id that was looked at.
        case project(after: Int64)
        /// The ids that are left, ascending.
        case list(ArraySlice<TaskID>)
    }

    private let engine: Engine
    private let selection: TaskSelection
    private let position: Mutex<Position>

    init(engine: Engine, selection: TaskSelection) {
        self.engine = engine
        self.selection = selection
        position = Mutex(
            selection.ids.map { .list(Set($0).sorted()[...]) } ?? .project(after: 0)
        )
    }

    private static let inProject = SQLText(
        """
        SELECT \(LabelingTask.columns) FROM tasks t
        WHERE t.project_id = ?1 AND t.inner_id > ?2 AND \(LabelingTask.isVisible)
            AND (NOT ?3 OR t.total_annotations > 0 OR t.cancelled_annotations > 0)
        ORDER BY t.inner_id LIMIT ?4
        """
    )
    private static let annotations = SQLText(
        "SELECT \(Annotation.columns) FROM annotations WHERE task_id = ? ORDER BY id"
    )
    private static let predictions = SQLText(
        "SELECT id FROM predictions WHERE task_id = ? ORDER BY id"
    )

    func next(_ limit: Int) async throws(StorageError) -> [TaskRecord] {
        switch position.withLock({ $0 }) {
        case .project(let last):
            let records = try await batch(after: last, limit)
            if let end = records.last {
                position.withLock { $0 = .project(after: end.task.innerID) }
            }
            return records
        case .list(var rest):
            var records: [TaskRecord] = []
            while records.isEmpty, !rest.isEmpty {
                records = try await batch(of: Array(rest.prefix(limit)))
                rest = rest.dropFirst(limit)
            }
            position.withLock { $0 = .list(rest) }
            return records
        }
    }

    private func batch(
        after innerID: Int64,
        _ limit: Int
    ) async throws(StorageError) -> [TaskRecord] {
        try await engine.read { [selection] (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                let tasks = try connection.all(
                    Self.inProject,
                    selection.project,
                    innerID,
                    selection.onlyAnnotated,
                    limit
                ) { LabelingTask(&$0) }
                return try Self.records(of: tasks, on: connection)
            }
        }
    }

    private func batch(of ids: [TaskID]) async throws(StorageError) -> [TaskRecord] {
        try await engine.read { [selection] (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                var tasks: [LabelingTask] = []
                for id in ids {
                    let task = try connection.first(TaskSQL.byID, id) { LabelingTask(&$0) }
                    guard let task, task.project == selection.project else { continue }
                    let isAnnotated = task.totalAnnotations + task.cancelledAnnotations > 0
                    if isAnnotated || !selection.onlyAnnotated { tasks.append(task) }
                }
                return try Self.records(of: tasks, on: connection)
            }
        }
    }

    /// Adds to tasks what was said of them; the counts on the task save most look-ups.
    private static func records(
        of tasks: [LabelingTask],
        on connection: Connection
    ) throws(StorageError) -> [TaskRecord] {
        var records: [TaskRecord] = []
        records.reserveCapacity(tasks.count)
        for task in tasks {
            var record = TaskRecord(task: task)
            if task.totalAnnotations + task.cancelledAnnotations > 0 {
                record.annotations = try connection.all(annotations, task.id) { Annotation(&$0) }
            }
            if task.totalPredictions > 0 {
                record.predictions = try connection.all(predictions, task.id) { $0.next() }
            }
            record.drafts = try connection.all(DraftSQL.ofTask, task.id) { AnnotationDraft(&$0) }
            records.append(record)
        }
        return records
    }
}
