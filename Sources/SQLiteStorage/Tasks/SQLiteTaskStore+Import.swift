import Contracts
import LabelModel

/// Imports that are too large for one transaction.
///
/// An open import has a row in `open_imports`, which hides its tasks. Committing deletes that row
/// and adds up what was counted: the time it takes does not grow with the tasks.
extension SQLiteTaskStore {
    func beginImport(
        into project: ProjectID,
        by user: UserID
    ) async throws(StorageError) -> ImportID {
        let instance = engine.lock.number
        return try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard try connection.first(ProjectSQL.exists, project, read: { _ in true }) != nil
            else { throw .noProject(project) }
            try connection.run(ImportSQL.begin, project, user, instance)
            let id = ImportID(connection.lastInsertedID)
            try connection.run(ImportSQL.open, id.rawValue)
            return id
        }
    }

    func append(
        _ tasks: [NewTask],
        to id: ImportID,
        file: FileUploadID?
    ) async throws(StorageError) -> [TaskID] {
        let instance = engine.lock.number
        return try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let state = try ImportState(of: id, ownedBy: instance, on: connection)
            var insertion = try TaskInsertion(
                into: state.project,
                by: state.user,
                file: file,
                import: id,
                transaction: transaction
            )
            let ids = try insertion.insert(tasks)
            let counters = insertion.counters
            try connection.run(
                ImportSQL.add,
                ids.first,
                ids.last,
                counters.tasks,
                counters.finishedTasks,
                counters.tasksWithAnnotations,
                counters.annotations,
                counters.usefulAnnotations,
                counters.groundTruths,
                counters.skippedAnnotations,
                counters.predictions,
                id.rawValue
            )
            return ids
        }
    }

    func commitImport(_ id: ImportID) async throws(StorageError) -> ImportCounts {
        let instance = engine.lock.number
        return try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let state = try ImportState(of: id, ownedBy: instance, on: connection)
            try state.counters.add(to: state.project, on: connection)
            try TaskBlocks.commit(id, of: state.project, on: connection)
            try connection.run(ImportSQL.close, id.rawValue)
            try connection.run(ImportSQL.number, id.rawValue)
            if state.firstTask > 0 {
                try transaction.announceTasks(
                    from: state.firstTask,
                    to: state.lastTask,
                    of: id,
                    in: state.project
                )
            }
            var counts = ImportCounts()
            counts.tasks = state.counters.tasks
            counts.annotations = state.counters.annotations + state.counters.skippedAnnotations
            counts.predictions = state.counters.predictions
            return counts
        }
    }

    func rollBackImport(_ id: ImportID) async throws(StorageError) {
        let recovery = ImportRecovery(engine: engine)
        guard try await recovery.abandon(id, of: engine.lock.number) else { throw .noImport(id) }
        try await recovery.undo(id)
    }
}
