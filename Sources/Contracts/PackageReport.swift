/// What the verification of a plugin's package found, before anything of it may be installed.
public struct PackageReport: Hashable, Sendable {
    /// What is looked at, in this order; the first failure leaves the rest out.
    public enum Step: String, Hashable, Sendable, CaseIterable {
        /// The archive can be read to its end.
        case archive
        /// It holds plain files under paths that stay inside, of bounded number and size.
        case entries
        /// The files are those of the list of digests.
        case digests
        /// The signature over that list is right.
        case signature
        /// The origin is vouched for as far as this installation asks.
        case trust
        /// The manifest is sound and the host can run what it lists.
        case manifest
        /// The version is not there yet with other content.
        case version
    }

    /// What one step came to.
    public struct Check: Hashable, Sendable {
        public enum Verdict: String, Hashable, Sendable {
            case passed, failed
            /// There was nothing to look at, or a step before it failed.
            case skipped
        }

        public var step: Step
        public var verdict: Verdict
        /// A sentence: what was found.
        public var detail: String
        /// Why it failed.
        public var error: PluginError?

        public init(step: Step, verdict: Verdict, detail: String, error: PluginError? = nil) {
            self.step = step
            self.verdict = verdict
            self.detail = detail
            self.error = error
        }
    }

    /// A file of the package.
    public struct File: Hashable, Sendable {
        public var path: String
        /// 64 hexadecimal digits in lower case.
        public var sha256: String
        public var byteCount: Int64

        public init(path: String, sha256: String, byteCount: Int64) {
            self.path = path
            self.sha256 = sha256
            self.byteCount = byteCount
        }
    }

    /// One for each step, in order.
    public var checks: [Check]
    /// As the manifest says it; nil before the manifest was read.
    public var plugin: PluginVersion?
    public var manifest: PluginManifest?
    /// SHA-256 of the list of digests: the address of the package's content.
    public var digest: String?
    /// By path.
    public var files: [File]
    public var trust: PackageTrust
    /// This very content was installed before; nothing has changed.
    public var wasInstalled: Bool

    public init(
        checks: [Check] = [],
        plugin: PluginVersion? = nil,
        manifest: PluginManifest? = nil,
        digest: String? = nil,
        files: [File] = [],
        trust: PackageTrust = PackageTrust(level: .unsigned),
        wasInstalled: Bool = false
    ) {
        self.checks = checks
        self.plugin = plugin
        self.manifest = manifest
        self.digest = digest
        self.files = files
        self.trust = trust
        self.wasInstalled = wasInstalled
    }

    /// Why the package is refused; nil when it is not.
    public var failure: PluginError? { checks.lazy.compactMap(\.error).first }
}
