import Contracts
public import LabelModel

extension Accounts {
    /// Whether anyone can sign in yet; before that the first administrator is to be made.
    public func hasUsers() async throws(ServiceError) -> Bool {
        try await !stored(await storage.users.list()).isEmpty
    }

    /// Makes users, all or none.
    ///
    /// For whoever owns the data directory: nobody's role is asked for.
    ///
    /// - Returns: One account per entry, in the same order.
    public func create(
        _ accounts: [NewAccount]
    ) async throws(ServiceError) -> [CreatedAccount] {
        var users: [NewUser] = []
        var tokens: [String] = []
        users.reserveCapacity(accounts.count)
        for account in accounts {
            let token = Secrets.hexadecimal(byteCount: 20)
            users.append(try await newUser(account, token: token))
            tokens.append(token)
        }
        let made = try await stored(await storage.users.insert(users))
        return zip(made, tokens).map { CreatedAccount(user: $0, token: $1) }
    }

    /// Makes a user.
    public func create(
        _ account: NewAccount,
        by user: User
    ) async throws(ServiceError) -> CreatedAccount {
        try user.requireAdministrator(to: "make users")
        try Self.requireNames(
            first: account.firstName,
            last: account.lastName,
            username: account.username
        )
        do throws(ServiceError) {
            guard let created = try await create([account]).first else {
                throw ServiceError(.failed, "storage_failed", "The user was not stored.")
            }
            return created
        } catch {
            // As a conflict, clients of Label Studio would ask again and again.
            guard error.code == "duplicate" else { throw error }
            throw .invalidField("email", error.message)
        }
    }

    private static func requireNames(
        first: String?,
        last: String?,
        username: String?
    ) throws(ServiceError) {
        for (field, name) in [("first_name", first), ("last_name", last), ("username", username)]
        where (name?.count ?? 0) > 256 {
            throw .invalidField(field, "Ensure this field has no more than 256 characters.")
        }
    }

    /// Changes a user: oneself, or anyone by an administrator.
    public func update(
        _ id: UserID,
        _ changes: AccountChanges,
        by user: User
    ) async throws(ServiceError) -> User {
        try requireSelfOrAdministrator(id, user)
        try Self.requireNames(
            first: changes.firstName,
            last: changes.lastName,
            username: changes.username
        )
        if changes.role != nil || changes.isActive != nil {
            try user.requireAdministrator(to: "change roles")
            guard id != user.id else {
                throw ServiceError(
                    .forbidden,
                    "forbidden",
                    "Nobody can change their own role or switch themselves off.",
                    hint: "Ask another administrator."
                )
            }
        }
        var rows = UserChanges()
        rows.firstName = changes.firstName
        rows.lastName = changes.lastName
        rows.username = changes.username
        rows.phone = changes.phone
        rows.role = changes.role
        rows.isActive = changes.isActive
        if let password = changes.password { rows.passwordHash = try await hash(password) }
        let updated = try await stored(await storage.users.update(id, rows))
        cache.removeAll()
        return updated
    }

    /// Removes a user; what they did keeps their name.
    public func remove(_ id: UserID, by user: User) async throws(ServiceError) {
        try user.requireAdministrator(to: "remove users")
        guard id != user.id else {
            throw ServiceError(.forbidden, "forbidden", "Nobody can remove themselves.")
        }
        try await stored(await storage.users.remove(id))
        cache.removeAll()
    }

    /// Replaces a user's API token; the old one stops working at once.
    ///
    /// - Returns: The new one, which nobody can read again.
    public func resetToken(of id: UserID, by user: User) async throws(ServiceError) -> String {
        try requireSelfOrAdministrator(id, user)
        let token = Secrets.hexadecimal(byteCount: 20)
        try await stored(await storage.users.setToken(of: id, digest: digest(token)))
        cache.removeAll()
        return token
    }

    // MARK: Parts

    private func newUser(
        _ account: NewAccount,
        token: String
    ) async throws(ServiceError) -> NewUser {
        guard Self.isAddress(account.email) else {
            throw .invalidField("email", "\"\(account.email)\" is not an e-mail address.")
        }
        var passwordHash: String?
        if let password = account.password { passwordHash = try await hash(password) }
        var user = NewUser(
            email: account.email,
            username: account.username,
            role: account.role,
            passwordHash: passwordHash,
            tokenDigest: digest(token)
        )
        user.firstName = account.firstName
        user.lastName = account.lastName
        user.phone = account.phone
        return user
    }

    private func hash(_ password: String) async throws(ServiceError) -> String {
        guard password.utf8.count >= 8, password.utf8.count <= 1024 else {
            throw .invalidField("password", "A password has 8 to 1024 bytes.")
        }
        do {
            return try await environment.passwords.hash(password)
        } catch {
            var failure = ServiceError(
                .failed,
                "password_not_hashed",
                "The password could not be hashed."
            )
            failure.cause = String(describing: error)
            throw failure
        }
    }

    private func requireSelfOrAdministrator(_ id: UserID, _ user: User) throws(ServiceError) {
        if id != user.id { try user.requireAdministrator(to: "change other users") }
    }

    /// True for text that can be an address: one `@` with something on both sides, no blanks.
    private static func isAddress(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty } && text.utf8.count <= 254
            && text.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
    }
}
