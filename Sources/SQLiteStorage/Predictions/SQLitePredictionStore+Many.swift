import Contracts
import LabelModel

/// What is done to the predictions of many tasks at once.
extension SQLitePredictionStore {
    private static let deleteOfTask = SQLText("DELETE FROM predictions WHERE task_id = ?")
    private static let someOfVersion = SQLText(
        """
        DELETE FROM predictions WHERE id IN (
            SELECT id FROM predictions WHERE project_id = ? AND model_version = ? LIMIT ?)
        RETURNING task_id
        """
    )
    private static let versions = SQLText(
        """
        SELECT model_version, count(*), max(created_at) FROM predictions
        WHERE project_id = ? GROUP BY model_version ORDER BY 3 DESC, 1
        """
    )

    func predictions(
        of tasks: [TaskID]
    ) async throws(StorageError) -> [TaskID: [Prediction]] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                var predictions: [TaskID: [Prediction]] = [:]
                for task in tasks {
                    predictions[task] = try connection.all(Self.ofTask, task) { Prediction(&$0) }
                }
                return predictions
            }
        }
    }

    func deleteAll(of tasks: [TaskID]) async throws(StorageError) -> Int64 {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            var removed: Int64 = 0
            for task in tasks {
                guard let state = try TaskState(of: task, on: connection) else { continue }
                try connection.run(Self.deleteOfTask, task)
                let count = connection.changes
                guard count > 0 else { continue }
                try Self.count(-count, on: task, in: state.project, transaction)
                removed += count
            }
            return removed
        }
    }

    func deleteSome(
        of version: String,
        in project: ProjectID,
        limit: Int
    ) async throws(StorageError) -> Int64 {
        try await engine.write { (transaction) throws(StorageError) in
            let tasks: [TaskID] = try transaction.connection.all(
                Self.someOfVersion,
                project,
                version,
                limit
            ) { $0.next() }
            for task in tasks { try Self.count(-1, on: task, in: project, transaction) }
            return Int64(tasks.count)
        }
    }

    func modelVersions(
        of project: ProjectID
    ) async throws(StorageError) -> [ModelVersionUse] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.versions, project) { row in
                ModelVersionUse(
                    version: row.next(),
                    predictions: row.next(),
                    latest: row.next()
                )
            }
        }
    }
}
