import Contracts
import LabelModel

/// Takes tasks away with all that was said of them; foreign keys cascade to the rest.
struct TaskRemoval {
    /// Tasks of one transaction, when many are to go.
    private static let portion = 2_000

    let engine: Engine

    private static let delete = SQLText("DELETE FROM tasks WHERE id = ?")
    private static let some = SQLText(
        """
        SELECT t.id, t.inner_id, t.is_labeled, t.total_annotations, t.cancelled_annotations,
            t.useful_annotations, t.ground_truths, t.total_predictions
        FROM tasks t WHERE t.project_id = ? AND \(LabelingTask.isVisible)
        ORDER BY t.inner_id LIMIT ?
        """
    )
    private static let anyOfProject = SQLText(
        "SELECT id FROM tasks WHERE project_id = ? ORDER BY inner_id LIMIT ?"
    )
    private static let innerID = SQLText("SELECT inner_id FROM tasks WHERE id = ?")
    private static let ofImport = SQLText(
        """
        SELECT id FROM tasks WHERE import_id = ?1 AND id BETWEEN ?2 AND ?3 LIMIT ?4
        """
    )

    /// Removes one visible task.
    ///
    /// - Returns: The project that it was in.
    @discardableResult
    static func remove(
        _ id: TaskID,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> ProjectID {
        let connection = transaction.connection
        guard let state = try TaskState(of: id, on: connection),
            let innerID: Int64 = try connection.first(innerID, id, read: { $0.next() })
        else { throw .noTask(id) }
        try connection.run(delete, id)
        try state.counters.negated.add(to: state.project, on: connection)
        try TaskBlocks.count(
            CollectionOfOne(innerID),
            -1,
            in: state.project,
            import: nil,
            on: connection
        )
        transaction.afterCommit(.removed(state.project, [id]))
        return state.project
    }

    /// Removes all visible tasks of a project, in portions, so that other writes get their turn.
    ///
    /// - Returns: How many there were.
    func removeAll(of project: ProjectID) async throws(StorageError) -> Int64 {
        var removed: Int64 = 0
        while true {
            let portion = try await engine.write { (transaction) throws(StorageError) in
                try Self.removeSome(of: project, Self.portion, transaction)
            }
            if portion == 0 { return removed }
            removed += Int64(portion)
        }
    }

    /// Removes up to `limit` visible tasks, the first ones first.
    static func removeSome(
        of project: ProjectID,
        _ limit: Int,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> Int {
        let connection = transaction.connection
        var counters = ProjectCounters()
        let tasks = try connection.all(some, project, limit) { row in
            let task: TaskID = row.next()
            let innerID: Int64 = row.next()
            counters.finishedTasks += row.next() ? 1 : 0
            counters.annotations += row.next()
            counters.skippedAnnotations += row.next()
            let useful: Int64 = row.next()
            counters.usefulAnnotations += useful
            counters.tasksWithAnnotations += useful > 0 ? 1 : 0
            counters.groundTruths += row.next()
            counters.predictions += row.next()
            return (id: task, innerID: innerID)
        }
        guard !tasks.isEmpty else { return 0 }
        for task in tasks { try connection.run(delete, task.id) }
        counters.tasks = Int64(tasks.count)
        try counters.negated.add(to: project, on: connection)
        try TaskBlocks.count(
            tasks.lazy.map(\.innerID),
            -1,
            in: project,
            import: nil,
            on: connection
        )
        transaction.afterCommit(.removed(project, tasks.map(\.id)))
        return tasks.count
    }

    /// Removes up to `limit` tasks of a hidden project, whatever hides them; nothing counts them any
    /// more.
    static func purgeSome(
        of project: ProjectID,
        _ limit: Int,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> Int {
        let connection = transaction.connection
        let tasks: [TaskID] = try connection.all(anyOfProject, project, limit) { $0.next() }
        for task in tasks { try connection.run(delete, task) }
        return tasks.count
    }

    /// Removes up to `limit` tasks of an import that was never committed.
    static func removeSome(
        of id: ImportID,
        between first: Int64,
        and last: Int64,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> Int {
        let connection = transaction.connection
        let tasks: [TaskID] = try connection.all(
            ofImport,
            id.rawValue,
            first,
            last,
            portion
        ) { $0.next() }
        for task in tasks { try connection.run(delete, task) }
        return tasks.count
    }
}
