import Contracts
import LabelModel

struct SQLiteSettingStore: SettingStore {
    let engine: Engine

    private static let ofSite = SQLText("SELECT value FROM site_settings WHERE name = ?")
    private static let setOfSite = SQLText(
        "INSERT OR REPLACE INTO site_settings(name, value) VALUES (?, ?)"
    )
    private static let setIfMissing = SQLText(
        "INSERT INTO site_settings(name, value) VALUES (?, ?) ON CONFLICT DO NOTHING"
    )
    private static let ofUser = SQLText(
        "SELECT value FROM user_settings WHERE user_id = ? AND name = ?"
    )
    private static let setOfUser = SQLText(
        "INSERT OR REPLACE INTO user_settings(user_id, name, value) VALUES (?, ?, ?)"
    )

    func value(_ name: String) async throws(StorageError) -> RawJSON? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(Self.ofSite, name) { $0.next() }
        }
    }

    func set(_ name: String, to value: RawJSON) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.setOfSite, name, value)
        }
    }

    func setIfMissing(
        _ name: String,
        to value: RawJSON
    ) async throws(StorageError) -> RawJSON {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.setIfMissing, name, value)
            return try transaction.connection.first(Self.ofSite, name) { $0.next() } ?? value
        }
    }

    func value(_ name: String, of user: UserID) async throws(StorageError) -> RawJSON? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(Self.ofUser, user, name) { $0.next() }
        }
    }

    func set(
        _ name: String,
        of user: UserID,
        to value: RawJSON
    ) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard try connection.first(UserSQL.byID, user, read: { _ in true }) != nil else {
                throw .noUser(user)
            }
            try connection.run(Self.setOfUser, user, name, value)
        }
    }
}
