import Contracts
import LabelModel

/// An import that is open.
struct ImportState {
    let project: ProjectID
    let user: UserID
    /// Its tasks have ids from here.
    let firstTask: Int64
    /// The last of its tasks; there may be tasks of others in between.
    let lastTask: Int64
    let counters: ProjectCounters

    /// Reads an import that an instance has open, or that nobody has (0); see ``InstanceLock``.
    ///
    /// - Throws: ``StorageError`` `notFound` when there is no such import, or it is over.
    init(
        of id: ImportID,
        ownedBy instance: Int64,
        on connection: Connection
    ) throws(StorageError) {
        let state = try connection.first(ImportSQL.state, id.rawValue, instance) {
            ImportState(&$0)
        }
        guard let state else { throw .noImport(id) }
        self = state
    }

    init(_ row: inout ColumnReader) {
        project = row.next()
        user = row.next()
        firstTask = row.next()
        lastTask = row.next()
        counters = ProjectCounters(&row)
    }
}

extension StorageError {
    static func noImport(_ id: ImportID) -> StorageError {
        StorageError(.notFound, "There is no import \(id), or it is over already.")
    }
}
