import Contracts
import LabelModel

/// Hands out identifiers that are never reused, also after their rows are gone.
///
/// SQLite's own AUTOINCREMENT keeps such a number too, but reads and writes it back for each row.
/// Here it is read once and written once for each transaction. Tables that grow by single rows use
/// AUTOINCREMENT.
///
/// Used by the writer's thread only, between the begin and the end of a transaction.
final class IdentifierSequences {
    enum Table: Int64 {
        case tasks = 1
        case annotations = 2
        case predictions = 3
    }

    private static let load = SQLText("SELECT last FROM identifier_sequences WHERE id = ?")
    private static let save = SQLText(
        "INSERT INTO identifier_sequences(id, last) VALUES (?, ?) "
            + "ON CONFLICT(id) DO UPDATE SET last = excluded.last"
    )

    private let connection: Connection
    private var last: [Table: Int64] = [:]

    init(connection: Connection) {
        self.connection = connection
    }

    /// Takes `count` numbers that follow each other.
    ///
    /// - Returns: The first of them.
    func take(_ count: Int = 1, for table: Table) throws(StorageError) -> Int64 {
        let taken: Int64
        if let known = last[table] {
            taken = known
        } else {
            taken = try connection.first(Self.load, table.rawValue) { $0.next() } ?? 0
        }
        last[table] = taken + Int64(count)
        return taken + 1
    }

    /// Writes the numbers back; the last thing before the commit.
    func flush() throws(StorageError) {
        for (table, number) in last { try connection.run(Self.save, table.rawValue, number) }
        last.removeAll(keepingCapacity: true)
    }

    /// Forgets what was taken, because the transaction was rolled back.
    func discard() {
        last.removeAll(keepingCapacity: true)
    }
}
