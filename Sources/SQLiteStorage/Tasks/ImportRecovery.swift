import Contracts
import LabelModel

/// Takes back imports that were not committed.
struct ImportRecovery {
    let engine: Engine

    /// Undoes the imports of programs that are gone; those of other running ones go on.
    func undoAbandoned() async throws(StorageError) {
        let open = try await engine.read { (connection) throws(StorageError) in
            try connection.all(ImportSQL.allOpen) { row in
                (id: ImportID(row.next() as Int64), instance: row.next() as Int64)
            }
        }
        for entry in open where !engine.lock.isAlive(entry.instance) {
            try await undo(entry.id)
        }
    }

    /// Undoes one import in portions. The tasks are invisible all the time, and a crash in between
    /// leaves the rest to the next start.
    func undo(_ id: ImportID) async throws(StorageError) {
        while true {
            let isDone = try await engine.write { (transaction) throws(StorageError) in
                let connection = transaction.connection
                let state = try ImportState(of: id, on: connection)
                let removed = try TaskRemoval.removeSome(
                    of: id,
                    between: state.firstTask,
                    and: state.lastTask,
                    transaction
                )
                guard removed == 0 else { return false }
                try TaskBlocks.forget(id, of: state.project, on: connection)
                try connection.run(ImportSQL.delete, id.rawValue)
                return true
            }
            if isDone { return }
        }
    }
}
