/// Why a store did not do what it was asked to.
public struct StorageError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What programs decide by.
    public enum Code: String, Hashable, Sendable {
        /// The row, or one that it refers to, is not there.
        case notFound
        /// Someone else has that name, address or key.
        case duplicate
        /// The row has changed since the caller read it.
        case staleRevision
        /// The write breaks a rule of the store; `message` says which.
        case invalid
        /// Busy for longer than the store was willing to wait. Trying again may help.
        case busy
        /// The disk is full. Nothing was stored.
        case full
        /// The database is damaged or of a version that this program does not know.
        case corrupt
        /// Anything else between us and the disk or the server.
        case unavailable
    }

    public var code: Code
    /// A sentence that a person can act on.
    public var message: String
    /// Where in the caller's request the reason stands: a JSON pointer; see ``TaskCondition/place``.
    public var place: String?
    /// What the engine said, for the log.
    public var cause: String?

    public init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var description: String {
        cause.map { "\(code.rawValue): \(message) (\($0))" } ?? "\(code.rawValue): \(message)"
    }
}
