import Contracts
import LabelModel

/// What one project can use of all plugins, and why not the rest.
struct ProjectPlugins: Sendable {
    /// A plugin with its switches.
    struct Entry: Sendable {
        let installed: InstalledPlugin
        let state: PluginState
        /// nil when the project has never switched it on.
        let enablement: PluginEnablement?
        /// Why it has no effect in the project; nil when it has.
        let reason: PluginReason?

        var plugin: PluginVersion { installed.plugin }
        var isEnabled: Bool { enablement?.isEnabled ?? false }
        var isEffective: Bool { reason == nil }
    }

    /// One version of each plugin that is installed, by id: the one that the project has enabled,
    /// else the one that it would get.
    let entries: [Entry]
    /// Enabled plugins whose folder is gone.
    let missing: [PluginEnablement]

    init(_ landscape: PluginLandscape, enablements: [PluginEnablement]) {
        let switches = Dictionary(
            enablements.map { ($0.plugin.id, $0) },
            uniquingKeysWith: { _, last in last }
        )
        var ids: [String] = []
        for installed in landscape.installed where ids.last != installed.plugin.id {
            ids.append(installed.plugin.id)
        }
        var entries: [Entry] = []
        for id in ids {
            let enablement = switches[id]
            guard let installed = Self.version(of: id, enablement, landscape) else { continue }
            entries.append(Self.entry(installed, enablement, landscape))
        }
        self.entries = entries
        missing = enablements.filter { !ids.contains($0.plugin.id) }
    }

    subscript(id: String) -> Entry? {
        entries.first { $0.plugin.id == id }
    }

    /// The version that an enablement means.
    ///
    /// A version that an upgrade of this installation took away is replaced by the bundled one that
    /// came instead.
    private static func version(
        of id: String,
        _ enablement: PluginEnablement?,
        _ landscape: PluginLandscape
    ) -> InstalledPlugin? {
        if let enablement, let pinned = landscape.find(enablement.plugin) { return pinned }
        return landscape.preferredVersion(of: id)
    }

    private static func entry(
        _ installed: InstalledPlugin,
        _ enablement: PluginEnablement?,
        _ landscape: PluginLandscape
    ) -> Entry {
        let (state, reason) = landscape.state(of: installed)
        return Entry(
            installed: installed,
            state: state,
            enablement: enablement,
            reason: reason ?? Self.reason(installed, enablement)
        )
    }

    /// Why a plugin that is allowed has no effect in the project.
    private static func reason(
        _ installed: InstalledPlugin,
        _ enablement: PluginEnablement?
    ) -> PluginReason? {
        guard let enablement, enablement.isEnabled else {
            return PluginReason(
                "plugin_not_enabled",
                "The plugin is not enabled in this project.",
                hint: "Enable it on the project's plugins page."
            )
        }
        guard enablement.plugin == installed.plugin || installed.isBundled else {
            return PluginReason(
                "plugin_version_missing",
                "The project uses version \(enablement.plugin.version), which is not installed.",
                hint: "Enable version \(installed.plugin.version) on the project's plugins page."
            )
        }
        return nil
    }
}
