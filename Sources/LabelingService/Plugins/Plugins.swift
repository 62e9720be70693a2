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

    init(_ environment: ServiceEnvironment, setups: ProjectSetups) {
        self.environment = environment
        self.setups = setups
    }

    // MARK: The installation

    /// All plugins by id and version, refused ones too.
    public func list() async throws(ServiceError) -> [PluginReport] {
        let landscape = try await PluginLandscape.load(environment)
        let projects = try await stored(await environment.storage.plugins.projectsByPlugin())
        return landscape.installed.map { report($0, landscape, projects) }
    }

    public func report(_ plugin: PluginVersion) async throws(ServiceError) -> PluginReport {
        let landscape = try await PluginLandscape.load(environment)
        guard let installed = landscape.find(plugin) else {
            throw .unknownPlugin(plugin.description)
        }
        let projects = try await stored(await environment.storage.plugins.projectsByPlugin())
        return report(installed, landscape, projects)
    }

    /// Allows a plugin, or takes that back in one of three ways.
    ///
    /// - Throws: ``ServiceError`` `plugin_refused` when something is to be allowed that cannot be
    ///   offered.
    public func decide(
        _ verdict: PluginDecision.Verdict,
        on plugin: PluginVersion,
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
            reason: nil,
            by: user.id,
            at: environment.clock.now()
        )
        try await stored(await environment.storage.plugins.decide(decision))
        setups.removeAll()
        return try await report(plugin)
    }

    /// Bytes of a file that a manifest lists for the browser; nil when there is none.
    public func webFile(plugin id: String, digest: String, path: String) async -> [UInt8]? {
        await environment.catalog.webFile(plugin: id, digest: digest, path: path)
    }

    private func report(
        _ installed: InstalledPlugin,
        _ landscape: PluginLandscape,
        _ projects: [String: [ProjectID]]
    ) -> PluginReport {
        let (state, reason) = landscape.state(of: installed)
        return PluginReport(
            plugin: installed.plugin,
            manifest: installed.manifest,
            state: state,
            reason: reason,
            enabledIn: projects[installed.plugin.id] ?? [],
            isBundled: installed.isBundled,
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
