import Contracts
import Crypto
import LabelModel

extension AuditEvent {
    private static let last = SQLText(
        "SELECT sequence, hash FROM audit_entries ORDER BY sequence DESC LIMIT 1"
    )
    private static let address = SQLText("SELECT email FROM users WHERE id = ?")
    private static let insertion = SQLText(
        """
        INSERT INTO audit_entries(\(SQLiteAuditStore.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )

    /// Appends the event to the log, in the transaction of what it tells of.
    ///
    /// The last entry is read inside the transaction, so that programs that write the same file
    /// continue one chain.
    @discardableResult
    func append(to transaction: WriteTransaction) throws(StorageError) -> AuditEntry {
        let connection = transaction.connection
        let before = try connection.first(Self.last) { row in
            (sequence: row.next() as Int64, hash: row.next() as [UInt8])
        }
        let (user, name) = try actor(connection)
        var entry = AuditEntry(
            sequence: (before?.sequence ?? 0) + 1,
            at: transaction.now,
            user: user,
            actor: name,
            action: action,
            subject: subject,
            project: project,
            detail: detail,
            previousHash: before?.hash ?? AuditEntry.firstPreviousHash
        )
        entry.hash = Array(SHA256.hash(data: entry.chainedText))
        try connection.run(
            Self.insertion,
            entry.sequence,
            entry.at,
            entry.user,
            entry.actor,
            entry.action,
            entry.subject,
            entry.project,
            entry.detail,
            entry.previousHash,
            entry.hash
        )
        return entry
    }

    private func actor(_ connection: Connection) throws(StorageError) -> (UserID?, String) {
        switch actor {
        case .operator: return (nil, "operator")
        case .daemon: return (nil, "daemon")
        case .user(let user):
            let address: String? = try connection.first(Self.address, user) { $0.next() }
            return (user, address ?? "")
        }
    }
}
