import Contracts
import LabelModel

/// What is done to the annotations of many tasks at once.
extension SQLiteAnnotationStore {
    private static let idsOfTask = SQLText(
        "SELECT id FROM annotations WHERE task_id = ?1 AND (?2 IS NULL OR completed_by = ?2)"
    )
    private static let deleteDrafts = SQLText(
        "DELETE FROM drafts WHERE task_id = ?1 AND (?2 IS NULL OR user_id = ?2)"
    )
    private static let moveAnnotations = SQLText(
        "UPDATE annotations SET task_id = ? WHERE task_id = ?"
    )
    private static let moveVersions = SQLText(
        "UPDATE annotation_versions SET task_id = ? WHERE task_id = ?"
    )
    private static let movePredictions = SQLText(
        "UPDATE predictions SET task_id = ? WHERE task_id = ?"
    )
    private static let countPredictions = SQLText(
        """
        UPDATE tasks SET total_predictions = (
            SELECT count(*) FROM predictions p WHERE p.task_id = tasks.id)
        WHERE id IN (?, ?)
        """
    )

    func insert(
        _ entries: [(task: TaskID, annotation: NewAnnotation)],
        by user: UserID
    ) async throws(StorageError) -> [Annotation] {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            var stored: [Annotation] = []
            stored.reserveCapacity(entries.count)
            for (task, new) in entries {
                guard let state = try TaskState(of: task, on: connection) else {
                    throw .noTask(task)
                }
                let annotation = try Annotation(
                    new,
                    id: AnnotationID(transaction.identifiers.take(for: .annotations)),
                    task: task,
                    project: state.project,
                    by: user,
                    configVersion: state.configVersion,
                    at: transaction.now
                )
                do throws(SQLiteFailure) {
                    try annotation.insert(on: connection)
                } catch {
                    guard error.isDuplicate else { throw StorageError(error) }
                    throw .uniqueIDTaken(annotation.uniqueID)
                }
                let tally = try TaskTally(of: task, on: connection)
                try state.settle(tally, by: user, transaction)
                stored.append(annotation)
            }
            try transaction.announceMany(stored)
            return stored
        }
    }

    func deleteAll(
        of tasks: [TaskID],
        of annotator: UserID?,
        by user: UserID
    ) async throws(StorageError) -> Int64 {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            var removed: [ProjectID: [AnnotationID]] = [:]
            for task in tasks {
                guard let state = try TaskState(of: task, on: connection) else { continue }
                try connection.run(Self.deleteDrafts, task, annotator)
                let ids: [AnnotationID] = try connection.all(Self.idsOfTask, task, annotator) {
                    $0.next()
                }
                guard !ids.isEmpty else { continue }
                for id in ids {
                    try connection.run(AnnotationSQL.keepVersion, id)
                    try connection.run(AnnotationSQL.keepDeletion, id, user, transaction.now)
                    try connection.run(AnnotationSQL.delete, id)
                }
                removed[state.project, default: []] += ids
                try state.settle(TaskTally(of: task, on: connection), by: user, transaction)
            }
            for (project, ids) in removed {
                try transaction.noteTrash(ids, of: project, by: user)
                try transaction.announceDeletion(of: ids, in: project)
            }
            return Int64(removed.values.map(\.count).reduce(0, +))
        }
    }

    func move(
        from source: TaskID,
        to target: TaskID,
        by user: UserID
    ) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard let old = try TaskState(of: source, on: connection) else { throw .noTask(source) }
            guard let new = try TaskState(of: target, on: connection), new.project == old.project
            else { throw .noTask(target) }
            try connection.run(Self.moveAnnotations, target, source)
            try connection.run(Self.moveVersions, target, source)
            try connection.run(Self.movePredictions, target, source)
            try connection.run(Self.countPredictions, source, target)
            try old.settle(TaskTally(of: source, on: connection), by: user, transaction)
            try new.settle(TaskTally(of: target, on: connection), by: user, transaction)
        }
    }
}
