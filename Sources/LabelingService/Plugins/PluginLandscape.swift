import Contracts
import LabelModel

/// All plugins at one moment: what the folders hold, what administrators decided, what the host
/// found out.
///
/// With a project's switches it says what that project can use.
///
/// A plugin has effect in a project when all three switches are on: installed (and usable),
/// allowed, enabled. Bundled plugins count as allowed until someone decides otherwise.
struct PluginLandscape: Sendable {
    let installed: [InstalledPlugin]
    private let decisions: [PluginVersion: PluginDecision]
    private let quarantined: [PluginVersion: PluginError]
    private let runtimes: [PluginVersion: PluginRuntime]

    init(
        installed: [InstalledPlugin],
        decisions: [PluginDecision],
        quarantined: [PluginVersion: PluginError],
        runtimes: [PluginVersion: PluginRuntime] = [:]
    ) {
        self.installed = installed
        self.decisions = Dictionary(
            decisions.map { ($0.plugin, $0) },
            uniquingKeysWith: { _, last in last }
        )
        self.quarantined = quarantined
        self.runtimes = runtimes
    }

    /// Asks for everything once.
    static func load(
        _ environment: ServiceEnvironment
    ) async throws(ServiceError) -> PluginLandscape {
        PluginLandscape(
            installed: await environment.catalog.installed(),
            decisions: try await stored(await environment.storage.plugins.decisions()),
            quarantined: await environment.catalog.quarantined(),
            runtimes: await environment.catalog.runtimes()
        )
    }

    func find(_ plugin: PluginVersion) -> InstalledPlugin? {
        installed.first { $0.plugin == plugin }
    }

    /// Where the code of a plugin runs, and how that has gone.
    func runtime(of plugin: PluginVersion) -> PluginRuntime {
        runtimes[plugin] ?? PluginRuntime(isolation: .inProcess)
    }

    /// The versions of a plugin, the newest one last.
    func versions(of id: String) -> [InstalledPlugin] {
        installed.filter { $0.plugin.id == id }
            .sorted { SemanticVersion($0.plugin.version) < SemanticVersion($1.plugin.version) }
    }

    /// The version that a project gets when it enables a plugin without naming one: the newest
    /// that is allowed, else the newest.
    func preferredVersion(of id: String) -> InstalledPlugin? {
        let versions = versions(of: id)
        return versions.last { state(of: $0).state == .allowed } ?? versions.last
    }

    /// How far a plugin has come, and why it goes no further.
    func state(of installed: InstalledPlugin) -> (state: PluginState, reason: PluginReason?) {
        if case .refused(_, let error) = installed.finding {
            return (.refused, PluginReason(error))
        }
        if let error = quarantined[installed.plugin] {
            return (.quarantined, PluginReason(error))
        }
        let decision = decisions[installed.plugin]
        switch decision?.verdict {
        case .allowed: return (.allowed, nil)
        case nil where installed.isBundled: return (.allowed, nil)
        case nil:
            return (
                .installed,
                PluginReason(
                    "plugin_not_allowed",
                    "No administrator has allowed this plugin yet.",
                    hint: "An administrator allows it on the plugins page."
                )
            )
        case .disallowed:
            return (
                .installed,
                PluginReason(
                    "plugin_disallowed",
                    decision?.reason ?? "An administrator does not allow this plugin.",
                    hint: "An administrator may allow it on the plugins page."
                )
            )
        case .quarantined:
            return (
                .quarantined,
                PluginReason(
                    "plugin_quarantined",
                    decision?.reason ?? "An administrator has put this plugin into quarantine.",
                    hint: "An administrator may allow it again on the plugins page."
                )
            )
        case .retired:
            return (
                .retired,
                PluginReason(
                    "plugin_retired",
                    decision?.reason ?? "This plugin is no longer to be used.",
                    hint: "Enable a newer version."
                )
            )
        }
    }
}
