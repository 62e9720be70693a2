import Contracts
import LabelModel

struct SQLitePredictionStore: PredictionStore {
    let engine: Engine

    private static let isVisible = """
        EXISTS (SELECT 1 FROM tasks t WHERE t.id = task_id AND \(LabelingTask.isVisible))
        """
    private static let byID = SQLText(
        "SELECT \(PredictionRow.columns) FROM predictions WHERE id = ? AND \(isVisible)"
    )
    static let ofTask = SQLText(
        """
        SELECT \(PredictionRow.columns) FROM predictions WHERE task_id = ? AND \(isVisible)
        ORDER BY id
        """
    )
    private static let inProject = SQLText(
        """
        SELECT \(PredictionRow.columns) FROM predictions
        WHERE project_id = ? AND id > ? AND \(isVisible) ORDER BY id LIMIT ?
        """
    )
    private static let change = SQLText(
        """
        UPDATE predictions SET result = ?, model_version = ?, score = ?, misfit = ?,
            updated_at = ?
        WHERE id = ? AND \(isVisible) RETURNING \(PredictionRow.columns)
        """
    )
    private static let replace = SQLText(
        """
        UPDATE predictions SET result = ?3, misfit = ?4, updated_at = ?5
        WHERE id = ?1 AND result = ?2 AND \(isVisible)
        """
    )
    private static let remove = SQLText(
        "DELETE FROM predictions WHERE id = ? AND \(isVisible) RETURNING task_id, project_id"
    )
    private static let countOnTask = SQLText(
        """
        UPDATE tasks SET total_predictions = total_predictions + ?, revision = revision + 1
        WHERE id = ?
        """
    )

    func insert(
        _ predictions: [(task: TaskID, prediction: NewPrediction)]
    ) async throws(StorageError) -> [Prediction] {
        try await engine.write { (transaction) throws(StorageError) in
            var stored: [Prediction] = []
            stored.reserveCapacity(predictions.count)
            for entry in predictions {
                guard let state = try TaskState(of: entry.task, on: transaction.connection) else {
                    throw .noTask(entry.task)
                }
                stored += try PredictionRow.insert(
                    [entry.prediction],
                    on: entry.task,
                    in: state.project,
                    transaction
                )
                try Self.count(1, on: entry.task, in: state.project, transaction)
            }
            return stored
        }
    }

    static func count(
        _ change: Int64,
        on task: TaskID,
        in project: ProjectID,
        _ transaction: WriteTransaction
    ) throws(StorageError) {
        try transaction.connection.run(countOnTask, change, task)
        var counters = ProjectCounters()
        counters.predictions = change
        try counters.add(to: project, on: transaction.connection)
    }

    func prediction(_ id: PredictionID) async throws(StorageError) -> Prediction? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(Self.byID, id) { Prediction(&$0) }
        }
    }

    func predictions(of task: TaskID) async throws(StorageError) -> [Prediction] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.ofTask, task) { Prediction(&$0) }
        }
    }

    func predictions(
        in project: ProjectID,
        after id: PredictionID?,
        limit: Int
    ) async throws(StorageError) -> [Prediction] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.inProject, project, id ?? PredictionID(0), limit) {
                Prediction(&$0)
            }
        }
    }

    func update(
        _ id: PredictionID,
        _ prediction: NewPrediction
    ) async throws(StorageError) -> Prediction {
        try await engine.write { (transaction) throws(StorageError) in
            let stored = try transaction.connection.first(
                Self.change,
                prediction.result,
                prediction.modelVersion,
                prediction.score,
                prediction.misfit,
                transaction.now,
                id
            ) { Prediction(&$0) }
            guard let stored else { throw .noPrediction(id) }
            return stored
        }
    }

    func replaceResult(
        of id: PredictionID,
        _ old: RawJSON,
        with new: RawJSON,
        misfit: String?
    ) async throws(StorageError) -> Bool {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            try connection.run(Self.replace, id, old, new, misfit, transaction.now)
            return connection.changes == 1
        }
    }

    func delete(_ id: PredictionID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let removed = try transaction.connection.first(Self.remove, id) { row in
                (task: row.next() as TaskID, project: row.next() as ProjectID)
            }
            guard let removed else { throw .noPrediction(id) }
            try Self.count(-1, on: removed.task, in: removed.project, transaction)
        }
    }
}

extension StorageError {
    fileprivate static func noPrediction(_ id: PredictionID) -> StorageError {
        StorageError(.notFound, "There is no prediction \(id).")
    }
}
