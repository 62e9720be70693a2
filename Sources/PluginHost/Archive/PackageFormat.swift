import Contracts

/// The parts of a package's archive: a tar inside gzip.
///
/// The list of digests comes first, so that every later entry can be compared with it while it is
/// read; the signature, when there is one, comes second.
enum PackageFormat {
    static let digestsName = "SHA256SUMS"
    static let signatureName = "signature.json"

    /// Bytes of an archive as it arrives.
    static let maximumArchiveBytes: Int64 = 256 << 20
    /// Bytes of all files together.
    static let maximumContentBytes: Int64 = 1 << 30
    static let maximumFiles = 10_000
    static let maximumDigestsBytes = 4 << 20
    static let maximumSignatureBytes = 4096
    /// How many bytes may come out of one that goes in.
    ///
    /// Deflate reaches 1,030; libraries with debugging information stay below 10.
    static let maximumExpansion: Int64 = 200
    /// Below this the expansion is nobody's harm.
    static let harmlessBytes: Int64 = 16 << 20

    /// Whether a path is one of the format's own and no file of the plugin.
    static func isOwn(_ path: String) -> Bool { path == digestsName || path == signatureName }
}

/// Why a package is refused, and at which step that came out.
struct PackageRefusal: Error {
    var step: PackageReport.Step
    var error: PluginError

    init(_ step: PackageReport.Step, _ error: PluginError) {
        self.step = step
        self.error = error
    }

    init(
        _ step: PackageReport.Step,
        _ code: PluginError.Code,
        _ message: String,
        hint: String? = nil
    ) {
        self.init(step, PluginError(code, message, hint: hint))
    }
}

extension PluginError.Code {
    /// The file is no archive of this format, or it is damaged.
    static let archiveUnreadable = PluginError.Code(rawValue: "archive_unreadable")
    /// An entry is no plain file, stands twice, or stands at the wrong place.
    static let archiveEntryRefused = PluginError.Code(rawValue: "archive_entry_refused")
    static let archiveTooLarge = PluginError.Code(rawValue: "archive_too_large")
    /// There is no list of digests, or it is not one.
    static let digestListInvalid = PluginError.Code(rawValue: "digest_list_invalid")
    /// A file is not in the list of digests.
    static let fileUnlisted = PluginError.Code(rawValue: "file_unlisted")
    static let signatureInvalid = PluginError.Code(rawValue: "signature_invalid")
    static let trustInsufficient = PluginError.Code(rawValue: "trust_insufficient")
    /// The version is installed with other content.
    static let versionTaken = PluginError.Code(rawValue: "plugin_version_taken")
    static let keyUnreadable = PluginError.Code(rawValue: "key_unreadable")
    /// A file of the operator's own cannot be read or written.
    static let fileFailed = PluginError.Code(rawValue: "file_failed")
}
