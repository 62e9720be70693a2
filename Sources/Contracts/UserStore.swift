public import LabelModel

/// A user who is not stored yet.
public struct NewUser: Hashable, Sendable {
    /// Compared without regard to case.
    public var email: String
    public var username: String
    public var firstName = ""
    public var lastName = ""
    public var phone = ""
    public var role: User.Role
    /// A salted scrypt hash in its own text form, or nil when the user cannot sign in by password.
    public var passwordHash: String?
    /// SHA-256 of the API token; 32 bytes.
    public var tokenDigest: [UInt8]

    public init(
        email: String,
        username: String? = nil,
        role: User.Role,
        passwordHash: String?,
        tokenDigest: [UInt8]
    ) {
        self.email = email
        self.username = username ?? email
        self.role = role
        self.passwordHash = passwordHash
        self.tokenDigest = tokenDigest
    }
}

/// What may be changed about a user; nil leaves it as it is.
public struct UserChanges: Hashable, Sendable {
    public var firstName: String?
    public var lastName: String?
    public var username: String?
    public var phone: String?
    public var role: User.Role?
    public var isActive: Bool?
    public var passwordHash: String?

    public init() {}
}

/// A browser that is signed in.
public struct Session: Hashable, Sendable {
    public var user: UserID
    /// What the browser must repeat in a header with every write.
    public var csrfToken: String
    public var createdAt: Timestamp
    public var expiresAt: Timestamp

    public init(user: UserID, csrfToken: String, createdAt: Timestamp, expiresAt: Timestamp) {
        self.user = user
        self.csrfToken = csrfToken
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}

/// Keeps users, their tokens (as digests only) and their sessions.
public protocol UserStore: Sendable {
    /// Stores users, all or none.
    ///
    /// - Returns: One user per entry, in the same order.
    /// - Throws: ``StorageError`` `duplicate` when an address is taken, naming it.
    func insert(_ users: [NewUser]) async throws(StorageError) -> [User]

    /// All users by id.
    func list() async throws(StorageError) -> [User]

    func user(_ id: UserID) async throws(StorageError) -> User?

    /// The user and their password hash, by address without regard to case.
    func credentials(email: String) async throws(StorageError) -> (
        user: User, passwordHash: String?
    )?

    /// The user whose API token has this SHA-256 digest.
    func user(tokenDigest: [UInt8]) async throws(StorageError) -> User?

    /// - Throws: ``StorageError`` `notFound`, `duplicate`.
    func update(_ id: UserID, _ changes: UserChanges) async throws(StorageError) -> User

    /// Replaces the user's API token; the old one stops working at once.
    func setToken(of id: UserID, digest: [UInt8]) async throws(StorageError)

    /// Deletes a user who left nothing behind, and deactivates one who did.
    func remove(_ id: UserID) async throws(StorageError)

    /// Keeps a session under the digest of its secret.
    func insertSession(_ session: Session, digest: [UInt8]) async throws(StorageError)

    /// The session under this digest, unless it has expired.
    func session(digest: [UInt8], at now: Timestamp) async throws(StorageError) -> Session?

    func removeSession(digest: [UInt8]) async throws(StorageError)

    /// Keeps a one-time sign-in under the digest of its secret.
    func insertSignInLink(for user: UserID, digest: [UInt8], expiresAt: Timestamp)
        async throws(StorageError)

    /// Uses up a one-time sign-in: the second call with the same digest finds nothing.
    func takeSignInLink(digest: [UInt8], at now: Timestamp) async throws(StorageError) -> UserID?
}
