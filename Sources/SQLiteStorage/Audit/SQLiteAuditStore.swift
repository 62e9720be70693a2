import Contracts
import LabelModel

struct SQLiteAuditStore: AuditStore {
    let engine: Engine

    static let columns = """
        sequence, at, user_id, actor, action, subject, project_id, detail, previous_hash, hash
        """
    /// Parameters: subject or the first one of a range, end of the range, action, project, before.
    private static let newest = SQLText(
        """
        SELECT \(columns) FROM audit_entries
        WHERE (?1 IS NULL OR (subject >= ?1 AND subject < ?2))
            AND (?3 IS NULL OR action = ?3)
            AND (?4 IS NULL OR project_id = ?4)
            AND sequence < ?5
        ORDER BY sequence DESC LIMIT ?6
        """
    )
    private static let onward = SQLText(
        """
        SELECT \(columns) FROM audit_entries WHERE sequence > ? ORDER BY sequence LIMIT ?
        """
    )

    func append(_ event: AuditEvent) async throws(StorageError) -> AuditEntry {
        try await engine.write { (transaction) throws(StorageError) in
            try event.append(to: transaction)
        }
    }

    func entries(_ query: AuditQuery) async throws(StorageError) -> [AuditEntry] {
        let range = query.subject.map(Self.range)
        return try await engine.read { (connection) throws(StorageError) in
            try connection.all(
                Self.newest,
                range?.first,
                range?.end,
                query.action,
                query.project,
                query.before ?? Int64.max,
                query.limit
            ) { AuditEntry(&$0) }
        }
    }

    func entries(
        after sequence: Int64,
        limit: Int
    ) async throws(StorageError) -> [AuditEntry] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.onward, sequence, limit) { AuditEntry(&$0) }
        }
    }

    /// One subject, or all that begin so, as a range of the index.
    private static func range(_ subject: String) -> (first: String, end: String) {
        guard subject.hasSuffix("/") || subject.hasSuffix(":") else {
            return (subject, subject + "\u{0}")
        }
        return (subject, subject + "\u{10FFFF}")
    }
}

extension AuditEntry {
    init(_ row: inout ColumnReader) {
        self.init(
            sequence: row.next(),
            at: row.next(),
            user: row.next(),
            actor: row.next(),
            action: row.next(),
            subject: row.next(),
            project: row.next(),
            detail: row.next(),
            previousHash: row.next(),
            hash: row.next()
        )
    }
}
