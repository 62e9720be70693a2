import Contracts
import LabelModel

/// Who made how many annotations; for pages that few people open, so it counts when asked.
extension SQLiteAnnotationStore {
    private static let everywhere = SQLText(
        """
        SELECT a.completed_by, t.project_id, count(*) FROM annotations a
            JOIN tasks t ON t.id = a.task_id
        WHERE \(LabelingTask.isVisible)
        GROUP BY 1, 2 ORDER BY 1, 2
        """
    )
    private static let inProject = SQLText(
        """
        SELECT a.completed_by, t.project_id, count(*) FROM tasks t
            JOIN annotations a ON a.task_id = t.id
        WHERE t.project_id = ? AND \(LabelingTask.isVisible)
        GROUP BY 1 ORDER BY 1
        """
    )

    func contributions(
        in project: ProjectID?
    ) async throws(StorageError) -> [Contribution] {
        try await engine.read { (connection) throws(StorageError) in
            guard let project else {
                return try connection.all(Self.everywhere) { Contribution(&$0) }
            }
            return try connection.all(Self.inProject, project) { Contribution(&$0) }
        }
    }
}

extension Contribution {
    fileprivate init(_ row: inout ColumnReader) {
        self.init(user: row.next(), project: row.next(), annotations: row.next())
    }
}
