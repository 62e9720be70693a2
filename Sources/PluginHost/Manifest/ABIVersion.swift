import CPostilPlugin

/// A version of the plugin ABI, `major.minor`.
struct ABIVersion: Hashable, Sendable, Comparable, CustomStringConvertible {
    let major: UInt32
    let minor: UInt32

    /// What this host speaks.
    static let host = ABIVersion(
        major: UInt32(POSTIL_ABI_MAJOR),
        minor: UInt32(POSTIL_ABI_MINOR)
    )

    init(major: UInt32, minor: UInt32) {
        self.major = major
        self.minor = minor
    }

    /// Reads `major.minor`.
    init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, let major = UInt16(parts[0]), let minor = UInt16(parts[1]) else {
            return nil
        }
        self.init(major: UInt32(major), minor: UInt32(minor))
    }

    /// Reads the number of the header, `major << 16 | minor`.
    init(packed: UInt32) {
        self.init(major: packed >> 16, minor: packed & 0xFFFF)
    }

    var packed: UInt32 { major << 16 | minor }

    var description: String { "\(major).\(minor)" }

    static func < (lhs: ABIVersion, rhs: ABIVersion) -> Bool { lhs.packed < rhs.packed }

    /// True when a plugin built for `built` that needs at least `minimum` runs on this host.
    ///
    /// An older host serves whatever `minimum` allows.
    static func isServed(built: ABIVersion, minimum: ABIVersion) -> Bool {
        built.major == host.major && minimum <= host
    }
}
