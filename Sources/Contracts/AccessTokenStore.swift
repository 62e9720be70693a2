public import LabelModel

/// A personal access token that a user made; its text is signed, and only its id is kept.
public struct AccessToken: Hashable, Sendable {
    /// 32 hexadecimal digits.
    public var id: String
    public var user: UserID
    public var createdAt: Timestamp
    public var expiresAt: Timestamp

    public init(id: String, user: UserID, createdAt: Timestamp, expiresAt: Timestamp) {
        self.id = id
        self.user = user
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }
}

/// Keeps personal access tokens.
///
/// A live one is neither revoked nor over.
public protocol AccessTokenStore: Sendable {
    /// - Throws: ``StorageError`` `duplicate` while the user has a live one.
    func insert(_ token: AccessToken) async throws(StorageError)

    /// The token with this id while it is live.
    func token(_ id: String, at now: Timestamp) async throws(StorageError) -> AccessToken?

    /// Live tokens of a user, the oldest first.
    func tokens(of user: UserID, at now: Timestamp) async throws(StorageError) -> [AccessToken]

    /// Ends a token.
    ///
    /// - Throws: ``StorageError`` `notFound` when there is no such live one.
    func revoke(_ id: String, at now: Timestamp) async throws(StorageError)

    /// Ends a token and puts another in its place, both or neither.
    ///
    /// - Throws: ``StorageError`` `notFound` when there is no such live one.
    func replace(_ id: String, with token: AccessToken) async throws(StorageError)
}
