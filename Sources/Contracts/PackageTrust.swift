/// How far the origin of a package is vouched for.
public struct PackageTrust: Hashable, Sendable {
    /// From nobody's word to the installation's own.
    public enum Level: String, Hashable, Sendable, CaseIterable, Comparable {
        /// Nobody has signed the package.
        case unsigned
        /// The signature is right, and its key is none that the operator trusts.
        case signed
        /// Signed by a key that the operator trusts.
        case trusted
        /// It came with this installation.
        case bundled

        private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

        public static func < (lhs: Level, rhs: Level) -> Bool { lhs.rank < rhs.rank }
    }

    public var level: Level
    /// Fingerprint of the key that signed: `SHA256:` and the digest in base64.
    public var fingerprint: String?
    /// The operator's name for the key, when the operator trusts it.
    public var keyName: String?

    public init(level: Level, fingerprint: String? = nil, keyName: String? = nil) {
        self.level = level
        self.fingerprint = fingerprint
        self.keyName = keyName
    }
}
