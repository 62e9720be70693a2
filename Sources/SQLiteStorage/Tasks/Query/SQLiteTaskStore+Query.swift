import Contracts
import LabelModel

/// Lists that people narrow and order.
extension SQLiteTaskStore {
    func page(
        _ query: TaskQuery,
        of project: ProjectID,
        number: Int,
        size: Int
    ) async throws(StorageError) -> TaskMatches {
        let offset = (max(1, number) - 1) * size
        let sql = try TaskQuerySQL(query, of: project)
        return try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                let totals = try sql.run { () throws(StorageError) in
                    try Self.totals(of: query, sql, in: project, on: connection)
                }
                guard offset < totals.tasks else { return TaskMatches(tasks: [], totals: totals) }
                // The ids first: orders and skipped rows then carry no data along.
                let ids: [TaskID] = try connection.query(
                    """
                    SELECT t.id FROM tasks t WHERE \(sql.condition)
                    ORDER BY \(sql.order) LIMIT ? OFFSET ?
                    """,
                    sql.conditionValues + sql.orderValues + [size, offset]
                ) { $0.next() }
                var tasks: [LabelingTask] = []
                tasks.reserveCapacity(ids.count)
                for id in ids {
                    guard
                        let task = try connection.first(
                            TaskSQL.byID,
                            id,
                            read: { LabelingTask(&$0) }
                        )
                    else { continue }
                    tasks.append(task)
                }
                return TaskMatches(tasks: tasks, totals: totals)
            }
        }
    }

    /// Without a condition the project's counters tell them.
    private static func totals(
        of query: TaskQuery,
        _ sql: TaskQuerySQL,
        in project: ProjectID,
        on connection: Connection
    ) throws(StorageError) -> ImportCounts {
        var counts = ImportCounts()
        if query.filter == nil, query.selection == .all {
            let counters = try SQLiteProjectStore.project(project, on: connection).counters
            counts.tasks = counters.tasks
            counts.annotations = counters.annotations
            counts.predictions = counters.predictions
            return counts
        }
        let found = try connection.query(
            """
            SELECT count(*), ifnull(sum(t.total_annotations), 0), ifnull(sum(t.total_predictions), 0)
            FROM tasks t WHERE \(sql.condition)
            """,
            sql.conditionValues
        ) { row in
            var counts = ImportCounts()
            counts.tasks = row.next()
            counts.annotations = row.next()
            counts.predictions = row.next()
            return counts
        }
        return found.first ?? counts
    }

    func ids(
        _ query: TaskQuery,
        of project: ProjectID,
        after id: TaskID?,
        limit: Int
    ) async throws(StorageError) -> [TaskID] {
        let sql = try TaskQuerySQL(query, of: project)
        return try await engine.read { (connection) throws(StorageError) in
            try sql.run { () throws(StorageError) in
                try connection.query(
                    """
                    SELECT t.id FROM tasks t WHERE \(sql.condition) AND t.id > ?
                    ORDER BY t.id LIMIT ?
                    """,
                    sql.conditionValues + [id ?? TaskID(0), limit]
                ) { $0.next() }
            }
        }
    }

    private static let newestData = SQLText(
        """
        SELECT ifnull(t.data, (SELECT l.data FROM large_task_data l WHERE l.task_id = t.id))
        FROM tasks t WHERE t.project_id = ? AND \(LabelingTask.isVisible)
        ORDER BY t.inner_id DESC LIMIT ?
        """
    )
    private static let fields = SQLText("SELECT key FROM json_each(?)")

    func dataFields(
        of project: ProjectID,
        limit: Int
    ) async throws(StorageError) -> [String] {
        try await engine.read { (connection) throws(StorageError) in
            let data: [RawJSON] = try connection.all(Self.newestData, project, limit) { $0.next() }
            var names: [String] = []
            for data in data {
                try connection.forEach(Self.fields, data) { row in
                    let name: String = row.next()
                    if !names.contains(name) { names.append(name) }
                    return true
                }
            }
            return names
        }
    }

    func delete(
        _ tasks: [TaskID],
        of project: ProjectID
    ) async throws(StorageError) -> Int64 {
        try await engine.write { (transaction) throws(StorageError) in
            var removed: [TaskID] = []
            for id in tasks {
                guard let state = try TaskState(of: id, on: transaction.connection),
                    state.project == project
                else { continue }
                try TaskRemoval.remove(id, transaction)
                removed.append(id)
            }
            try transaction.announceDeletion(of: removed, in: project)
            return Int64(removed.count)
        }
    }
}
