import Contracts
import LabelModel

/// Counts over all of a project, for a page that few people open; the engine reads the JSON.
extension SQLiteProjectStore {
    private static let fields = SQLText(
        """
        SELECT f.key, count(*) FROM tasks t, json_each(
            ifnull(t.data, (SELECT l.data FROM large_task_data l WHERE l.task_id = t.id))) f
        WHERE t.project_id = ? AND \(LabelingTask.isVisible)
        GROUP BY 1 ORDER BY 1
        """
    )
    private static let result = """
        tasks t JOIN annotations a ON a.task_id = t.id, json_each(a.result) r
        WHERE t.project_id = ? AND \(LabelingTask.isVisible) AND a.was_cancelled = 0
            AND r.type = 'object' AND r.value ->> '$.from_name' IS NOT NULL
        """
    private static let results = SQLText(
        """
        SELECT (r.value ->> '$.from_name') || '|' || ifnull(r.value ->> '$.to_name', '') || '|'
            || ifnull(r.value ->> '$.type', ''), count(*)
        FROM \(result) GROUP BY 1 ORDER BY 1
        """
    )
    /// Labels stand under the name of their type: `{"value": {"choices": ["a"]}}`.
    private static let labels = SQLText(
        """
        SELECT control, l.value, count(*) FROM (
            SELECT r.value ->> '$.from_name' AS control, r.value AS entry,
                replace(ifnull(r.value ->> '$.type', ''), '"', '') AS kind
            FROM \(result)), json_each(entry, '$.value."' || kind || '"') l
        WHERE l.type = 'text' GROUP BY 1, 2 ORDER BY 1, 2
        """
    )

    func summary(of id: ProjectID) async throws(StorageError) -> ProjectSummary {
        try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                ProjectSummary(
                    tasks: try Self.project(id, on: connection).counters.tasks,
                    fields: try connection.all(Self.fields, id) { row in
                        ProjectSummary.Count(name: row.next(), count: row.next())
                    },
                    results: try connection.all(Self.results, id) { row in
                        ProjectSummary.Count(name: row.next(), count: row.next())
                    },
                    labels: try connection.all(Self.labels, id) { row in
                        ProjectSummary.LabelCount(
                            control: row.next(),
                            label: row.next(),
                            count: row.next()
                        )
                    }
                )
            }
        }
    }
}
