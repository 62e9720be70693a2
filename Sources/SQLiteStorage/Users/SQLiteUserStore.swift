import Contracts
import LabelModel

struct SQLiteUserStore: UserStore {
    let engine: Engine
    /// Every request asks who it is from.
    let knownTokens = ShortMemory<[UInt8], User>()
    let knownSessions = ShortMemory<[UInt8], Session>()

    init(engine: Engine) {
        self.engine = engine
    }

    /// Writes, and forgets what the write may have changed, whatever came of it.
    func change<Value: Sendable>(
        _ body: @escaping @Sendable (WriteTransaction) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        defer {
            knownTokens.forget()
            knownSessions.forget()
        }
        return try await engine.write(body)
    }

    func insert(_ users: [NewUser]) async throws(StorageError) -> [User] {
        try await engine.write { (transaction) throws(StorageError) in
            var stored: [User] = []
            stored.reserveCapacity(users.count)
            for user in users { stored.append(try Self.insert(user, transaction)) }
            return stored
        }
    }

    private static func insert(
        _ user: NewUser,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> User {
        let email = user.email.lowercased()
        let connection = transaction.connection
        do {
            try connection.attempt(
                UserSQL.insert,
                email,
                user.username,
                user.firstName,
                user.lastName,
                user.phone,
                user.role.rawValue,
                transaction.now,
                transaction.now,
                user.passwordHash,
                user.tokenDigest
            )
        } catch {
            guard error.isDuplicate else { throw StorageError(error) }
            let isAddress = try connection.first(UserSQL.idByEmail, email) { _ in true } ?? false
            throw StorageError(
                .duplicate,
                isAddress
                    ? "There is a user with the address \(email) already."
                    : "Another user has the same API token."
            )
        }
        return User(
            id: UserID(connection.lastInsertedID),
            email: email,
            username: user.username,
            firstName: user.firstName,
            lastName: user.lastName,
            phone: user.phone,
            role: user.role,
            joinedAt: transaction.now,
            lastActivityAt: transaction.now
        )
    }

    func list() async throws(StorageError) -> [User] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(UserSQL.all) { User(&$0) }
        }
    }

    func user(_ id: UserID) async throws(StorageError) -> User? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(UserSQL.byID, id) { User(&$0) }
        }
    }

    func credentials(email: String) async throws(StorageError) -> (
        user: User, passwordHash: String?
    )? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(UserSQL.credentials, email.lowercased()) { row in
                (user: User(&row), passwordHash: row.next())
            }
        }
    }

    func user(tokenDigest: [UInt8]) async throws(StorageError) -> User? {
        try await knownTokens.value(of: tokenDigest) { () throws(StorageError) in
            try await engine.read { (connection) throws(StorageError) in
                try connection.first(UserSQL.byToken, tokenDigest) { User(&$0) }
            }
        }
    }

    func update(_ id: UserID, _ changes: UserChanges) async throws(StorageError) -> User {
        try await change { (transaction) throws(StorageError) in
            let connection = transaction.connection
            try connection.run(
                UserSQL.update,
                changes.firstName,
                changes.lastName,
                changes.username,
                changes.phone,
                changes.role?.rawValue,
                changes.isActive,
                changes.passwordHash,
                id
            )
            if changes.isActive == false {
                try connection.run(UserSQL.deleteSessionsOfUser, id)
            }
            guard let user = try connection.first(UserSQL.byID, id, read: { User(&$0) }) else {
                throw .noUser(id)
            }
            return user
        }
    }

    func setToken(of id: UserID, digest: [UInt8]) async throws(StorageError) {
        try await change { (transaction) throws(StorageError) in
            try transaction.connection.run(UserSQL.setToken, digest, id)
            guard transaction.connection.changes == 1 else { throw .noUser(id) }
        }
    }

    func remove(_ id: UserID) async throws(StorageError) {
        try await change { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let leftSomething =
                try connection.first(UserSQL.leftSomething, id) { row -> Bool in row.next() }
            if leftSomething == true {
                try connection.run(UserSQL.deactivate, id)
                try connection.run(UserSQL.deleteSessionsOfUser, id)
            } else {
                try connection.run(UserSQL.delete, id)
            }
            guard connection.changes > 0 || leftSomething == true else { throw .noUser(id) }
        }
    }
}

extension StorageError {
    static func noUser(_ id: UserID) -> StorageError {
        StorageError(.notFound, "There is no user \(id).")
    }
}
