public import LabelModel

/// Something that somebody did and that has to stay known.
public struct AuditEvent: Hashable, Sendable {
    /// On whose word it was done.
    public enum Actor: Hashable, Sendable {
        case user(UserID)
        /// Who has the machine: the command line, or a folder that was put there.
        case `operator`
        /// The daemon by itself, such as when a plugin crashes too often.
        case daemon
    }

    public var actor: Actor
    /// Noun and participle, such as `plugin.allowed`.
    public var action: String
    /// What it was done to, such as `plugin:org.example.x/1.0.0`.
    public var subject: String
    public var project: ProjectID?
    /// JSON object with what the action and the subject do not say; no secrets.
    public var detail: RawJSON

    public init(
        _ action: String,
        on subject: String,
        by actor: Actor,
        in project: ProjectID? = nil,
        detail: RawJSON = .emptyObject
    ) {
        self.actor = actor
        self.action = action
        self.subject = subject
        self.project = project
        self.detail = detail
    }
}

/// An event as the log keeps it, chained to the one before.
public struct AuditEntry: Hashable, Sendable {
    /// 1, 2, 3, without a gap.
    public var sequence: Int64
    public var at: Timestamp
    /// nil for the operator and the daemon.
    public var user: UserID?
    /// The user's address at that time, `operator` or `daemon`.
    public var actor: String
    public var action: String
    public var subject: String
    public var project: ProjectID?
    public var detail: RawJSON
    /// Hash of the entry before; 32 zeros before the first.
    public var previousHash: [UInt8]
    /// SHA-256 of ``chainedText``.
    public var hash: [UInt8]

    public init(
        sequence: Int64,
        at: Timestamp,
        user: UserID?,
        actor: String,
        action: String,
        subject: String,
        project: ProjectID?,
        detail: RawJSON,
        previousHash: [UInt8],
        hash: [UInt8] = []
    ) {
        self.sequence = sequence
        self.at = at
        self.user = user
        self.actor = actor
        self.action = action
        self.subject = subject
        self.project = project
        self.detail = detail
        self.previousHash = previousHash
        self.hash = hash
    }

    public static let firstPreviousHash = [UInt8](repeating: 0, count: 32)

    /// What the hash is taken of: a JSON array without spaces of the previous hash in hexadecimal,
    /// sequence, time in microseconds since 1970, user, actor, action, subject, project, detail.
    public var chainedText: [UInt8] {
        var writer = JSONWriter(capacity: 256 + detail.bytes.count)
        writer.array { writer in
            writer.value(Self.hexadecimal(previousHash))
            writer.value(sequence)
            writer.value(at.microseconds)
            if let user { writer.value(user) } else { writer.null() }
            writer.value(actor)
            writer.value(action)
            writer.value(subject)
            if let project { writer.value(project) } else { writer.null() }
            writer.value(detail)
        }
        return writer.bytes
    }

    /// Lower-case hexadecimal, as hashes stand in answers.
    public static func hexadecimal(_ bytes: [UInt8]) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] },
            as: UTF8.self
        )
    }
}

/// Which entries somebody wants to see.
public struct AuditQuery: Hashable, Sendable {
    /// Only entries of this subject, or of those that begin with it when it ends with `/` or `:`.
    public var subject: String?
    public var action: String?
    public var project: ProjectID?
    /// Only entries with a lower sequence.
    public var before: Int64?
    /// 1 to 1,000.
    public var limit: Int

    public init(
        subject: String? = nil,
        action: String? = nil,
        project: ProjectID? = nil,
        before: Int64? = nil,
        limit: Int = 100
    ) {
        self.subject = subject
        self.action = action
        self.project = project
        self.before = before
        self.limit = limit
    }
}

/// Keeps what was done, in an order that nobody can change without its showing.
///
/// There is no way to change or remove an entry. Stores that change what has to be audited append
/// the entry in the same transaction.
public protocol AuditStore: Sendable {
    @discardableResult
    func append(_ event: AuditEvent) async throws(StorageError) -> AuditEntry

    /// Newest first.
    func entries(_ query: AuditQuery) async throws(StorageError) -> [AuditEntry]

    /// The entries after a sequence, oldest first; for whoever checks the chain.
    func entries(after sequence: Int64, limit: Int) async throws(StorageError) -> [AuditEntry]
}

extension PluginVersion {
    /// How the audit log names a plugin version.
    public var auditSubject: String { "plugin:\(id)/\(version)" }
}
