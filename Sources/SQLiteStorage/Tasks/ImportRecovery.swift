import Contracts
import LabelModel

/// Takes back imports that were not committed.
///
/// An import that is to be undone belongs to no instance from then on, so nobody can commit it.
/// Its tasks stay invisible while they are deleted in portions, so nobody has to wait for that; a
/// crash in between leaves the rest to the next start.
struct ImportRecovery {
    let engine: Engine

    /// Gives up the imports of programs that are gone; those of other running ones go on.
    ///
    /// - Returns: What is to be undone.
    func abandonDead() async throws(StorageError) -> [ImportID] {
        let open = try await engine.read { (connection) throws(StorageError) in
            try connection.all(ImportSQL.allOpen) { row in
                (id: ImportID(row.next() as Int64), instance: row.next() as Int64)
            }
        }
        let dead = open.filter { !engine.lock.isAlive($0.instance) }
        // One that another process gives up at the same moment is left to both.
        for entry in dead { _ = try await abandon(entry.id, of: entry.instance) }
        return dead.map(\.id)
    }

    /// Gives up an import of an instance.
    ///
    /// - Returns: False when it is over, or not of that instance.
    func abandon(_ id: ImportID, of instance: Int64) async throws(StorageError) -> Bool {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(ImportSQL.abandon, id.rawValue, instance)
            return transaction.connection.changes == 1
        }
    }

    /// Deletes what an abandoned import added.
    func undo(_ id: ImportID) async throws(StorageError) {
        while try await undoSome(of: id) {}
    }

    /// Deletes a portion.
    ///
    /// - Returns: False when nothing is left.
    private func undoSome(of id: ImportID) async throws(StorageError) -> Bool {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let row = try connection.first(ImportSQL.state, id.rawValue, 0 as Int64) {
                ImportState(&$0)
            }
            // Another process may have undone the rest.
            guard let state = row else { return false }
            let removed = try TaskRemoval.removeSome(
                of: id,
                between: state.firstTask,
                and: state.lastTask,
                transaction
            )
            if removed > 0 { return true }
            try TaskBlocks.forget(id, of: state.project, on: connection)
            try connection.run(ImportSQL.delete, id.rawValue)
            // A project that came with the import goes with it.
            try connection.run(ImportSQL.deleteArrivingProject, id.rawValue)
            return false
        }
    }
}
