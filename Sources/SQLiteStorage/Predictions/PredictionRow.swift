import Contracts
import LabelModel

/// Reads and writes the rows of predictions.
enum PredictionRow {
    static let columns = """
        id, task_id, project_id, result, model_version, score, misfit, created_at, updated_at
        """

    private static let insertion = SQLText(
        "INSERT INTO predictions(\(columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    )

    /// Inserts predictions of one task, in order; the caller counts them.
    static func insert(
        _ predictions: [NewPrediction],
        on task: TaskID,
        in project: ProjectID,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> [Prediction] {
        let firstID = try transaction.identifiers.take(predictions.count, for: .predictions)
        var stored: [Prediction] = []
        stored.reserveCapacity(predictions.count)
        for (offset, new) in predictions.enumerated() {
            let prediction = Prediction(
                id: PredictionID(firstID + Int64(offset)),
                task: task,
                project: project,
                result: new.result,
                modelVersion: new.modelVersion,
                score: new.score,
                misfit: new.misfit,
                createdAt: transaction.now,
                updatedAt: transaction.now
            )
            try transaction.connection.run(
                insertion,
                prediction.id,
                task,
                project,
                new.result,
                new.modelVersion,
                new.score,
                new.misfit,
                transaction.now,
                transaction.now
            )
            stored.append(prediction)
        }
        return stored
    }
}

extension Prediction {
    init(_ row: inout ColumnReader) {
        self.init(
            id: row.next(),
            task: row.next(),
            project: row.next(),
            result: row.next(),
            modelVersion: row.next(),
            score: row.next(),
            misfit: row.next(),
            createdAt: row.next(),
            updatedAt: row.next()
        )
    }
}
