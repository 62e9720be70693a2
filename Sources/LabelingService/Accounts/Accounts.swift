import Contracts
public import LabelModel

/// Users, and how a request shows whose it is.
///
/// Passwords are kept as salted hashes, tokens and session secrets as SHA-256 digests: a random
/// text of 160 bits and more needs no slow hash, and is looked up by its digest on every request.
public struct Accounts: Sendable {
    let storage: any Storage
    let environment: ServiceEnvironment
    let cache = IdentityCache()
    let activity = SessionActivity()

    init(_ environment: ServiceEnvironment) {
        self.environment = environment
        storage = environment.storage
    }

    // MARK: Who is asking

    /// The user of an API token, or nil when it is unknown or its user is switched off.
    public func user(token: String) async throws(ServiceError) -> User? {
        guard Secrets.isHexadecimal(token, count: 40) else { return nil }
        let digest = digest(token)
        return try await cache.tokens.value(digest) { () async throws(ServiceError) in
            let user = try await stored(await storage.users.user(tokenDigest: digest))
            return user?.isActive == true ? user : nil
        }
    }

    /// The session of a cookie, or nil when it is unknown, over, or its user is switched off.
    public func session(secret: String) async throws(ServiceError) -> SignedIn? {
        guard Secrets.isHexadecimal(secret, count: 64) else { return nil }
        let digest = digest(secret)
        let now = environment.clock.now()
        let signedIn = try await cache.sessions.value(digest) { () async throws(ServiceError) in
            try await loadSession(digest, at: now)
        }
        guard let signedIn, signedIn.expiresAt > now else { return nil }
        let unused = activity.touch(digest, at: now)
        guard unused <= (try await sessionPolicy().maxIdleMinutes) * 60_000_000 else {
            activity.forget(digest)
            try await signOut(secret: secret)
            return nil
        }
        return signedIn
    }

    private func loadSession(
        _ digest: [UInt8],
        at now: Timestamp
    ) async throws(ServiceError) -> SignedIn? {
        guard let session = try await stored(await storage.users.session(digest: digest, at: now)),
            let user = try await stored(await storage.users.user(session.user)), user.isActive
        else { return nil }
        return SignedIn(user: user, csrfToken: session.csrfToken, expiresAt: session.expiresAt)
    }

    // MARK: Users

    /// All users by id.
    public func list(by user: User) async throws(ServiceError) -> [User] {
        try await stored(await storage.users.list())
    }

    public func user(_ id: UserID) async throws(ServiceError) -> User {
        guard let user = try await stored(await storage.users.user(id)) else {
            throw .notFound("User \(id)")
        }
        return user
    }

    /// The users with these ids; unknown ids are left out.
    ///
    /// For names beside annotations: answered from memory, so a changed name may show for a few
    /// seconds more.
    public func names(_ ids: some Sequence<UserID>) async throws(ServiceError) -> [UserID: User] {
        var users: [UserID: User] = [:]
        for id in ids where users[id] == nil {
            users[id] = try await cache.users.value(id) { () async throws(ServiceError) in
                try await stored(await storage.users.user(id))
            }
        }
        return users
    }

    func digest(_ secret: String) -> [UInt8] {
        environment.sha256(Array(secret.utf8))
    }
}
