import Contracts
import LabelModel

/// An import that is open.
struct ImportState {
    let project: ProjectID
    let user: UserID
    /// Its tasks have ids from here…
    let firstTask: Int64
    /// …to here, with tasks of others between them.
    let lastTask: Int64
    let counters: ProjectCounters

    /// - Throws: ``StorageError`` `notFound` when there is no such import, or it is over.
    init(of id: ImportID, on connection: Connection) throws(StorageError) {
        let state = try connection.first(ImportSQL.state, id.rawValue) { ImportState(&$0) }
        guard let state else {
            throw StorageError(.notFound, "There is no import \(id), or it is over already.")
        }
        self = state
    }

    private init(_ row: inout ColumnReader) {
        project = row.next()
        user = row.next()
        firstTask = row.next()
        lastTask = row.next()
        counters = ProjectCounters(&row)
    }
}
