public import Contracts
public import LabelModel

/// The three switches of plugins: installed by the operator, allowed by an administrator, enabled
/// in a project.
///
/// Each "no" comes with its reason.
///
/// Listing reads manifests only; nothing here loads a library.
public struct Plugins: Sendable {
    let environment: ServiceEnvironment
    let setups: ProjectSetups
    /// What changes, for everybody who listens.
    public let events: PluginEvents
    /// Notices what changes.
    public let watch: PluginWatch

    init(_ environment: ServiceEnvironment, setups: ProjectSetups) {
        self.environment = environment
        self.setups = setups
        events = PluginEvents()
        watch = PluginWatch(environment, events: events)
    }

    // MARK: The installation

    /// All plugins by id and version, refused ones too.
    public func list() async throws(ServiceError) -> [PluginReport] {
        let landscape = try await PluginLandscape.load(environment)
        let books = try await books()
        return landscape.installed.map { Self.report($0, landscape, books) }
    }

    public func report(_ plugin: PluginVersion) async throws(ServiceError) -> PluginReport {
        let landscape = try await PluginLandscape.load(environment)
        guard let installed = landscape.find(plugin) else {
            throw .unknownPlugin(plugin.description)
        }
        return Self.report(installed, landscape, try await books())
    }

    /// Allows a plugin, or takes that back in one of three ways.
    ///
    /// - `grant`: What it may have, when it is allowed; nil for what its manifest asks for, isolated.
    /// - `reason`: Shown to whoever asks why it is off.
    ///
    /// Throws ``ServiceError`` `plugin_refused` when something is to be allowed that cannot be
    /// offered.
    public func decide(
        _ verdict: PluginDecision.Verdict,
        on plugin: PluginVersion,
        granting grant: PluginGrant? = nil,
        because reason: String? = nil,
        by user: User
    ) async throws(ServiceError) -> PluginReport {
        try user.requireAdministrator(to: "decide about plugins")
        let landscape = try await PluginLandscape.load(environment)
        guard let installed = landscape.find(plugin) else {
            throw .unknownPlugin(plugin.description)
        }
        if verdict == .allowed, case .refused(_, let error) = installed.finding {
            var refusal = ServiceError(
                .conflict,
                "plugin_refused",
                "This plugin cannot be allowed: \(error.message)",
                hint: error.hint
            )
            refusal.plugin = plugin
            throw refusal
        }
        let decision = PluginDecision(
            plugin: plugin,
            verdict: verdict,
            reason: reason,
            by: user.id,
            at: environment.clock.now(),
            grant: verdict == .allowed ? grant : nil
        )
        try await stored(await environment.storage.plugins.decide(decision))
        try await applyGrants()
        setups.removeAll()
        try await watch.look()
        return try await report(plugin)
    }

    /// Tells the host what administrators have granted; once at the start, then by each decision.
    public func applyGrants() async throws(ServiceError) {
        let decisions = try await stored(await environment.storage.plugins.decisions())
        var grants: [PluginVersion: PluginGrant] = [:]
        for decision in decisions where decision.verdict == .allowed {
            grants[decision.plugin] = decision.grant
        }
        await environment.catalog.setGrants(grants)
    }

    /// Bytes of a file that a manifest lists for the browser; nil when there is none.
    public func webFile(plugin id: String, digest: String, path: String) async -> [UInt8]? {
        await environment.catalog.webFile(plugin: id, digest: digest, path: path)
    }

    /// What the store knows beside the switches.
    private struct Books {
        var uses: [PluginVersion: [PluginUse]]
        var reports: [PluginVersion: KeptPluginReport]
    }

    private func books() async throws(ServiceError) -> Books {
        let store = environment.storage.plugins
        let reports = try await stored(await store.reports())
        return Books(
            uses: Dictionary(grouping: try await stored(await store.uses()), by: \.plugin),
            reports: Dictionary(
                reports.map { ($0.plugin, $0) },
                uniquingKeysWith: { _, last in last }
            )
        )
    }

    private static func report(
        _ installed: InstalledPlugin,
        _ landscape: PluginLandscape,
        _ books: Books
    ) -> PluginReport {
        let (state, reason) = landscape.state(of: installed)
        return PluginReport(
            plugin: installed.plugin,
            manifest: installed.manifest,
            state: state,
            reason: reason,
            uses: books.uses[installed.plugin] ?? [],
            isBundled: installed.isBundled,
            trust: installed.trust,
            digest: installed.digest,
            lastReport: books.reports[installed.plugin],
            runtime: landscape.runtime(of: installed.plugin)
        )
    }
}

extension ServiceError {
    static func unknownPlugin(_ name: String) -> ServiceError {
        ServiceError(
            .notFound,
            "plugin_unknown",
            "No plugin \(name) is installed.",
            hint: "Put its folder into a plugin directory of the daemon."
        )
    }
}
