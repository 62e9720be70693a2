public import LabelModel
public import LabelingConfig

/// A plugin folder as the host found it.
public struct InstalledPlugin: Hashable, Sendable {
    public enum Finding: Hashable, Sendable {
        /// The folder holds a plugin that can be offered.
        case usable(PluginManifest)
        /// It does not; the folder's name stands in for what the manifest could not say.
        case refused(PluginVersion, PluginError)
    }

    public var finding: Finding
    /// It came with this installation.
    public var isBundled: Bool
    /// How far its origin is vouched for.
    public var trust: PackageTrust
    /// Address of the content, when it was installed from a package: SHA-256 of the list of
    /// digests.
    public var digest: String?
    /// SHA-256 of the library for this machine; nil when there is none.
    public var libraryDigest: String?

    public init(
        finding: Finding,
        isBundled: Bool,
        trust: PackageTrust? = nil,
        digest: String? = nil,
        libraryDigest: String? = nil
    ) {
        self.finding = finding
        self.isBundled = isBundled
        self.trust = trust ?? PackageTrust(level: isBundled ? .bundled : .unsigned)
        self.digest = digest
        self.libraryDigest = libraryDigest
    }

    public var plugin: PluginVersion {
        switch finding {
        case .usable(let manifest): manifest.plugin
        case .refused(let plugin, _): plugin
        }
    }

    public var manifest: PluginManifest? {
        if case .usable(let manifest) = finding { manifest } else { nil }
    }
}

/// Finds plugins and opens their capabilities.
///
/// Listing reads manifests only; no code of a plugin runs before one of the `open` functions is
/// called. Which plugin may be opened by whom is the caller's to check.
public protocol PluginCatalog: Sendable {
    /// All plugin folders, by id and then version. Notices folders that were added or removed
    /// since the last call.
    func installed() async -> [InstalledPlugin]

    /// Checks settings of a capability against the schema of its manifest.
    ///
    /// `settings`: A JSON object; `{}` for none.
    ///
    /// - Returns: The settings with the schema's defaults filled in.
    /// - Throws: `settings_invalid` with a JSON pointer into the settings.
    func checkedSettings(
        _ settings: RawJSON,
        of plugin: PluginVersion,
        kind: PluginManifest.Capability.Kind,
        name: String
    ) async throws(PluginError) -> RawJSON

    /// Opens an exporter for one run.
    ///
    /// `context`: JSON object: project, labeling config, settings.
    /// `sink`: Takes what the exporter writes.
    func openExporter(
        _ plugin: PluginVersion,
        name: String,
        context: [UInt8],
        sink: any ExportSink
    ) async throws(PluginError) -> any ExportRun

    /// Opens an import source for one run.
    ///
    /// `context`: JSON object: project, labeling config, settings.
    /// `inputs`: What the host found; the source reads these and nothing else.
    func openImportSource(
        _ plugin: PluginVersion,
        name: String,
        context: [UInt8],
        inputs: [ImportInput]
    ) async throws(PluginError) -> any ImportRun

    /// The dynamic part of a tag: checks and measures by the plugin's own code.
    func tagBehavior(_ plugin: PluginVersion, tag: String)
        async throws(PluginError) -> any TagBehavior

    /// Opens a metric.
    ///
    /// `context`: JSON object: project, labeling config, settings.
    func openMetric(
        _ plugin: PluginVersion,
        name: String,
        context: [UInt8]
    ) async throws(PluginError) -> any MetricRun

    /// Bytes of a file that a manifest lists for the browser, by its digest and path; nil when
    /// there is none.
    func webFile(plugin id: String, digest: String, path: String) async -> [UInt8]?

    /// What the host itself found out about a plugin since the start: a call that hung or broke
    /// the contract puts it in quarantine until the next start.
    func quarantined() async -> [PluginVersion: PluginError]

    /// Forgets what was found out about a version whose files have been replaced.
    func forgive(_ plugin: PluginVersion) async

    /// How the code of each plugin that ``installed()`` last found is run, and how that has gone
    /// since the start.
    func runtimes() async -> [PluginVersion: PluginRuntime]

    /// Makes each capability of a plugin do a little in a process of its own, whatever it is
    /// granted, so that nobody depends on one that does not even load.
    ///
    /// - Throws: What the first capability that fails did.
    func prove(_ plugin: PluginVersion) async throws(PluginError) -> [PluginProof]

    /// Says what administrators let plugins have that did not come with the daemon.
    ///
    /// The grants replace those before; a plugin without one runs isolated and gets what its
    /// manifest asks for, within the host's limits. Runs that are under way stay as they are.
    func setGrants(_ grants: [PluginVersion: PluginGrant]) async
}
