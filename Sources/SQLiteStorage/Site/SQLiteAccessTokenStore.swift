import Contracts
import LabelModel

struct SQLiteAccessTokenStore: AccessTokenStore {
    let engine: Engine

    private static let columns = "id, user_id, created_at, expires_at"
    private static let isLive = "revoked_at IS NULL AND expires_at > ?"
    private static let insertion = SQLText(
        "INSERT INTO access_tokens(\(columns)) VALUES (?, ?, ?, ?)"
    )
    private static let byID = SQLText(
        "SELECT \(columns) FROM access_tokens WHERE id = ? AND \(isLive)"
    )
    private static let ofUser = SQLText(
        """
        SELECT \(columns) FROM access_tokens WHERE user_id = ? AND \(isLive)
        ORDER BY created_at, id
        """
    )
    private static let end = SQLText(
        "UPDATE access_tokens SET revoked_at = ?1 WHERE id = ?2 AND revoked_at IS NULL "
            + "AND expires_at > ?1"
    )

    func insert(_ token: AccessToken) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let live = try connection.first(Self.ofUser, token.user, token.createdAt) { _ in true }
            guard live == nil else {
                throw StorageError(.duplicate, "There is a token that still works.")
            }
            try token.insert(Self.insertion, on: connection)
        }
    }

    func token(_ id: String, at now: Timestamp) async throws(StorageError) -> AccessToken? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(Self.byID, id, now) { AccessToken(&$0) }
        }
    }

    func tokens(
        of user: UserID,
        at now: Timestamp
    ) async throws(StorageError) -> [AccessToken] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.ofUser, user, now) { AccessToken(&$0) }
        }
    }

    func revoke(_ id: String, at now: Timestamp) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try Self.revoke(id, at: now, on: transaction.connection)
        }
    }

    func replace(_ id: String, with token: AccessToken) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try Self.revoke(id, at: token.createdAt, on: transaction.connection)
            try token.insert(Self.insertion, on: transaction.connection)
        }
    }

    private static func revoke(
        _ id: String,
        at now: Timestamp,
        on connection: Connection
    ) throws(StorageError) {
        try connection.run(end, now, id)
        guard connection.changes == 1 else {
            throw StorageError(.notFound, "There is no such token, or it has ended already.")
        }
    }
}

extension AccessToken {
    fileprivate init(_ row: inout ColumnReader) {
        self.init(id: row.next(), user: row.next(), createdAt: row.next(), expiresAt: row.next())
    }

    fileprivate func insert(
        _ insertion: SQLText,
        on connection: Connection
    ) throws(StorageError) {
        try connection.run(insertion, id, user, createdAt, expiresAt)
    }
}
