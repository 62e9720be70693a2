import Contracts
import LabelModel

/// Brings deleted annotations back; all that they were stands in their last version.
enum TrashedAnnotations {
    /// - Returns: Those that are there again; what went for good meanwhile is not.
    static func restore(
        _ ids: [AnnotationID],
        by user: UserID,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> [Annotation] {
        let connection = transaction.connection
        var restored: [Annotation] = []
        for id in ids {
            let last = try connection.first(TrashSQL.lastVersion, id) { AnnotationVersion(&$0) }
            guard let last, last.action == .deleted else { continue }
            guard let state = try TaskState(of: last.annotation.task, on: connection) else {
                throw StorageError(
                    .invalid,
                    "The task of annotation \(id) is in the trash itself. Restore the task first."
                )
            }
            var annotation = last.annotation
            annotation.revision += 1
            annotation.updatedAt = transaction.now
            annotation.updatedBy = user
            // A task has one ground truth at most.
            if state.groundTruths > 0 { annotation.groundTruth = false }
            try insert(&annotation, transaction)
            try state.settle(TaskTally(of: annotation.task, on: connection), by: user, transaction)
            restored.append(annotation)
        }
        return restored
    }

    /// Inserts an annotation; when it was submitted again meanwhile, under another unique id.
    private static func insert(
        _ annotation: inout Annotation,
        _ transaction: WriteTransaction
    ) throws(StorageError) {
        do throws(SQLiteFailure) {
            try annotation.insert(on: transaction.connection)
        } catch {
            guard error.isDuplicate else { throw StorageError(error) }
            annotation.uniqueID = UniqueID.make(at: transaction.now.microseconds / 1_000).text
            do throws(SQLiteFailure) {
                try annotation.insert(on: transaction.connection)
            } catch {
                throw StorageError(error)
            }
        }
    }
}
