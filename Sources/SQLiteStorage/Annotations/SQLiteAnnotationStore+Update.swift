import Contracts
import LabelModel

extension SQLiteAnnotationStore {
    func update(
        _ id: AnnotationID,
        _ changes: AnnotationChanges,
        by user: UserID,
        expected: Int64?
    ) async throws(StorageError) -> Annotation {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let old = try Self.visible(id, on: connection)
            if let expected, expected != old.revision { throw .stale(old, expected: expected) }
            guard let state = try TaskState(of: old.task, on: connection) else {
                throw .noTask(old.task)
            }
            if changes.groundTruth == true {
                try Self.clearGroundTruth(besides: old, by: user, transaction)
            }
            let new = old.applying(
                changes,
                by: user,
                configVersion: state.configVersion,
                at: transaction.now
            )
            try Self.replace(with: new, on: connection)
            let tally = try TaskTally(of: old.task, on: connection)
            let isSubmission = changes.result != nil || changes.wasCancelled != nil
            try state.settle(tally, by: user, freeing: isSubmission ? user : nil, transaction)
            try transaction.announce(.annotationUpdated, new)
            return new
        }
    }

    /// A task has one ground truth at most.
    private static func clearGroundTruth(
        besides annotation: Annotation,
        by user: UserID,
        _ transaction: WriteTransaction
    ) throws(StorageError) {
        let connection = transaction.connection
        let others = try connection.all(
            AnnotationSQL.otherGroundTruths,
            annotation.task,
            annotation.id
        ) { Annotation(&$0) }
        var changes = AnnotationChanges()
        changes.groundTruth = false
        for other in others {
            let cleared = other.applying(
                changes,
                by: user,
                configVersion: other.configVersion,
                at: transaction.now
            )
            try replace(with: cleared, on: connection)
        }
    }

    /// Keeps the state in force and puts another in its place.
    private static func replace(
        with new: Annotation,
        on connection: Connection
    ) throws(StorageError) {
        try connection.run(AnnotationSQL.keepVersion, new.id)
        try connection.run(
            AnnotationSQL.update,
            new.result,
            new.resultCount,
            new.wasCancelled,
            new.groundTruth,
            new.leadTime,
            new.lastAction,
            new.updatedAt,
            new.updatedBy,
            new.configVersion,
            new.revision,
            new.id
        )
    }
}

extension Annotation {
    /// The state that follows; a new result is pinned to the labeling config in force.
    fileprivate func applying(
        _ changes: AnnotationChanges,
        by user: UserID,
        configVersion: Int64,
        at now: Timestamp
    ) -> Annotation {
        var new = self
        if let result = changes.result {
            new.result = result
            new.resultCount = changes.resultCount
            new.configVersion = configVersion
        }
        new.wasCancelled = changes.wasCancelled ?? wasCancelled
        new.groundTruth = changes.groundTruth ?? groundTruth
        new.leadTime = changes.leadTime ?? leadTime
        new.lastAction = changes.lastAction ?? lastAction
        new.updatedAt = now
        new.updatedBy = user
        new.revision += 1
        return new
    }
}

extension StorageError {
    fileprivate static func stale(_ annotation: Annotation, expected: Int64) -> StorageError {
        StorageError(
            .staleRevision,
            "Annotation \(annotation.id) has changed: it is at revision \(annotation.revision), "
                + "and the change was made to revision \(expected). Read it again."
        )
    }
}
