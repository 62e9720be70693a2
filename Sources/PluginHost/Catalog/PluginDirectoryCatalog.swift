public import Contracts
public import LabelModel
public import LabelingConfig
import ValueTree

/// The plugins in some folders of this machine.
///
/// 1. Made with the folders; nothing is read yet and nothing has to be started or stopped.
/// 2. ``installed()`` reads manifests and hashes files, again only where something changed.
/// 3. The `open` functions load a plugin's library when it is first needed; it then stays.
public actor PluginDirectoryCatalog: PluginCatalog {
    private var scanner: PluginScanner
    /// Found by the last scan.
    private var entries: [PluginScanner.Entry]?
    private let inProcess: any PluginTransport
    /// `nil` when everything runs inside this process.
    private let isolated: (any PluginTransport)?
    private let quarantine: Quarantine
    private let health: PluginHealth
    private let runs = RunCounter()
    private let trustedKeys: TrustedKeys?
    private let memoryByteLimit: UInt64
    private var grants: [PluginVersion: PluginGrant] = [:]
    private var behaviors: [BehaviorKey: any TagBehavior] = [:]

    private struct BehaviorKey: Hashable {
        var plugin: PluginVersion
        var library: String?
        var tag: String
        var isolation: PluginRuntime.Isolation
    }

    public init(directories: [PluginDirectory], configuration: PluginHostConfiguration) {
        scanner = PluginScanner(
            directories: directories,
            inspector: PackageInspector(hostVersion: SemanticVersion(configuration.hostVersion))
        )
        let quarantine = Quarantine()
        let health = PluginHealth(quarantine: quarantine)
        self.quarantine = quarantine
        self.health = health
        trustedKeys = configuration.trustedKeys
        memoryByteLimit = configuration.memoryByteLimit
        inProcess = InProcessTransport(configuration: configuration, quarantine: quarantine)
        isolated = configuration.runner.map { runner in
            IsolatedTransport(
                runner: runner,
                configuration: configuration,
                quarantine: quarantine,
                health: health
            )
        }
    }

    public func installed() -> [InstalledPlugin] {
        let entries = scan()
        let keys = entries.contains { $0.signer != nil } ? trustedKeys?.names() ?? [:] : [:]
        return entries.map { entry in
            var installed =
                switch entry.result {
                case .success(let package):
                    InstalledPlugin(finding: .usable(package.manifest), isBundled: entry.isBundled)
                case .failure(let error):
                    InstalledPlugin(
                        finding: .refused(entry.plugin, error),
                        isBundled: entry.isBundled
                    )
                }
            installed.digest = entry.digest
            installed.libraryDigest = entry.libraryDigest
            if !entry.isBundled, let key = entry.signer {
                installed.trust = PackageTrust(key, keys[key])
            }
            return installed
        }
    }

    public func checkedSettings(
        _ settings: RawJSON,
        of plugin: PluginVersion,
        kind: PluginManifest.Capability.Kind,
        name: String
    ) throws(PluginError) -> RawJSON {
        let capability = try capability(kind, name, of: package(plugin))
        return try SettingsCheck.checked(settings, capability, of: plugin)
    }

    public func openExporter(
        _ plugin: PluginVersion,
        name: String,
        context: [UInt8],
        sink: any ExportSink
    ) async throws(PluginError) -> any ExportRun {
        let package = try usable(plugin)
        let capability = try capability(.exporter, name, of: package)
        let token = runs.begin(plugin)
        let run = try await transport(for: plugin).openExporter(
            package,
            name: capability.name,
            context: context,
            sink: sink
        )
        return CountedExportRun(run: run, token: token)
    }

    public func openImportSource(
        _ plugin: PluginVersion,
        name: String,
        context: [UInt8],
        inputs: [ImportInput]
    ) async throws(PluginError) -> any ImportRun {
        let package = try usable(plugin)
        let capability = try capability(.importSource, name, of: package)
        let token = runs.begin(plugin)
        let run = try await transport(for: plugin).openImportSource(
            package,
            name: capability.name,
            context: context,
            inputs: inputs
        )
        return CountedImportRun(run: run, token: token)
    }

    public func openMetric(
        _ plugin: PluginVersion,
        name: String,
        context: [UInt8]
    ) async throws(PluginError) -> any MetricRun {
        let package = try usable(plugin)
        let metric = try MetricCatalog.metric(name, of: package)
        // A wrong signature is undefined behavior: no trust is large enough for it.
        let transport = metric.binding != nil ? isolated : nil
        let token = runs.begin(plugin)
        let run = try await (transport ?? self.transport(for: plugin))
            .openMetric(package, metric, context: context)
        return CountedMetricRun(run: run, token: token)
    }

    public func tagBehavior(_ plugin: PluginVersion, tag: String)
        throws(PluginError) -> any TagBehavior
    {
        let package = try usable(plugin)
        let capability = try capability(.tag, tag, of: package)
        let key = BehaviorKey(
            plugin: plugin,
            library: package.library?.sha256,
            tag: capability.name,
            isolation: isolation(of: plugin)
        )
        if let known = behaviors[key] { return known }
        let behavior = transport(for: plugin).tagBehavior(package, tag: capability.name)
        behaviors[key] = behavior
        return behavior
    }

    public func webFile(plugin id: String, digest: String, path: String) -> [UInt8]? {
        let package = packages().first {
            $0.manifest.plugin.id == id && $0.webDigest == digest
                && $0.manifest.webFiles.contains { $0.path == path }
        }
        guard let package else { return nil }
        let parts = path.split(separator: "/").map(String.init)
        do {
            let file = try ReadableFile(folder: package.folder, parts: parts)
            return try file.contents(limit: PackageInspector.maximumWebFileBytes)
        } catch {
            return nil
        }
    }

    public func forgive(_ plugin: PluginVersion) {
        quarantine.release(plugin)
        health.forget(plugin)
    }

    public func quarantined() -> [PluginVersion: PluginError] { quarantine.all }

    public func runtimes() -> [PluginVersion: PluginRuntime] {
        Dictionary(
            known().map { entry in
                let isolation = isolation(of: entry.plugin, isBundled: entry.isBundled)
                var runtime = health.runtime(of: entry.plugin, isolation)
                if isolation == .isolated, case .success(let package) = entry.result {
                    let limit = granted(package).memoryByteLimit(atMost: memoryByteLimit)
                    runtime.permissions = PluginRuntime.Permissions(
                        memoryBytes: Int64(clamping: limit)
                    )
                }
                runtime.activeRunCount = runs.count(of: entry.plugin)
                return (entry.plugin, runtime)
            },
            uniquingKeysWith: { first, _ in first }
        )
    }

    public func prove(_ plugin: PluginVersion) async throws(PluginError) -> [PluginProof] {
        try await PluginSelfTest(package: usable(plugin), transport: isolated ?? inProcess).run()
    }

    public func setGrants(_ grants: [PluginVersion: PluginGrant]) { self.grants = grants }

    /// What lies in the folders now.
    private func scan() -> [PluginScanner.Entry] {
        let found = scanner.scan()
        entries = found
        return found
    }

    /// What lay there at the last look, for questions that follow one; looking costs a `stat` for
    /// each file of each version.
    private func known() -> [PluginScanner.Entry] { entries ?? scan() }

    /// Bundled plugins are as trustworthy as the daemon; of others an administrator may say so.
    private func isolation(of plugin: PluginVersion, isBundled: Bool) -> PluginRuntime.Isolation {
        if isolated == nil || isBundled { return .inProcess }
        return grants[plugin]?.isolation ?? .isolated
    }

    private func isolation(of plugin: PluginVersion) -> PluginRuntime.Isolation {
        let isBundled = known().contains { $0.plugin == plugin && $0.isBundled }
        return isolation(of: plugin, isBundled: isBundled)
    }

    private func transport(for plugin: PluginVersion) -> any PluginTransport {
        if let isolated, isolation(of: plugin) == .isolated { isolated } else { inProcess }
    }

    private func packages() -> [PluginPackage] {
        scan().compactMap { entry in
            if case .success(let package) = entry.result { package } else { nil }
        }
    }

    /// - Throws: `plugin_unknown`, or why the folder was refused.
    private func package(_ plugin: PluginVersion) throws(PluginError) -> PluginPackage {
        guard let entry = scan().first(where: { $0.plugin == plugin }) else {
            throw PluginError(
                .unknown,
                "\(plugin) is not installed.",
                hint: "Put its folder into a plugin directory.",
                plugin: plugin
            )
        }
        return try entry.result.get()
    }

    /// - Throws: Also `plugin_quarantined`.
    private func usable(_ plugin: PluginVersion) throws(PluginError) -> PluginPackage {
        try quarantine.check(plugin)
        return granted(try package(plugin))
    }

    /// The package with what an administrator lets it have.
    private func granted(_ package: PluginPackage) -> PluginPackage {
        var package = package
        package.grant = grants[package.manifest.plugin]
        return package
    }

    private func capability(
        _ kind: PluginManifest.Capability.Kind,
        _ name: String,
        of package: PluginPackage
    ) throws(PluginError) -> PluginManifest.Capability {
        let found = package.manifest.capabilities.first {
            $0.kind == kind && $0.name.lowercased() == name.lowercased()
        }
        guard let found else {
            let plugin = package.manifest.plugin
            throw PluginError(
                .capabilityMissing,
                "\(plugin) does not offer \(kind.rawValue) `\(name)`.",
                plugin: plugin
            )
        }
        return found
    }
}
