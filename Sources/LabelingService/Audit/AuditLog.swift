public import Contracts
public import LabelModel

/// The log of who did what, for administrators.
public struct AuditLog: Sendable {
    /// Whether the chain of the log is whole.
    public struct Verification: Hashable, Sendable {
        public let entryCount: Int64
        /// Hash of the last entry: whoever keeps it elsewhere can see later that nothing before it
        /// was changed.
        public let head: [UInt8]
        /// Sequence of the first entry that does not fit; nil when all do.
        public let brokenAt: Int64?
    }

    private static let entriesAtOnce = 1000

    private let environment: ServiceEnvironment

    init(_ environment: ServiceEnvironment) { self.environment = environment }

    /// Entries, newest first.
    public func entries(
        _ query: AuditQuery,
        by user: User
    ) async throws(ServiceError) -> [AuditEntry] {
        try user.requireAdministrator(to: "read the audit log")
        return try await stored(await environment.storage.audit.entries(query))
    }

    /// Computes the hash of every entry anew and compares it with what is stored.
    public func verify(by user: User) async throws(ServiceError) -> Verification {
        try user.requireAdministrator(to: "verify the audit log")
        var head = AuditEntry.firstPreviousHash
        var sequence: Int64 = 0
        while true {
            let entries = try await stored(
                await environment.storage.audit.entries(
                    after: sequence,
                    limit: Self.entriesAtOnce
                )
            )
            for entry in entries {
                guard entry.sequence == sequence + 1, entry.previousHash == head,
                    environment.sha256(entry.chainedText) == entry.hash
                else {
                    return Verification(
                        entryCount: sequence,
                        head: head,
                        brokenAt: sequence + 1
                    )
                }
                sequence = entry.sequence
                head = entry.hash
            }
            guard entries.count == Self.entriesAtOnce else { break }
        }
        return Verification(entryCount: sequence, head: head, brokenAt: nil)
    }
}
