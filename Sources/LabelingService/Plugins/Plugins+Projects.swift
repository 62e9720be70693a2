import Contracts
public import LabelModel

extension Plugins {
    /// All plugins as a project sees them, by id.
    public func list(
        in project: ProjectID
    ) async throws(ServiceError) -> [ProjectPluginReport] {
        try await switches(of: project).entries.map { Self.report($0) }
    }

    public func report(
        _ id: String,
        in project: ProjectID
    ) async throws(ServiceError) -> ProjectPluginReport {
        guard let entry = try await switches(of: project)[id] else { throw .unknownPlugin(id) }
        return Self.report(entry)
    }

    /// Switches a plugin on or off in a project and changes its settings.
    ///
    /// - `version`: nil keeps the one in use, or takes the newest that is allowed.
    /// - `settings`: JSON object: capability name to settings; nil keeps them.
    ///
    /// Throws ``ServiceError`` with the code of the reason when the plugin may not be enabled;
    /// `settings_invalid` with a JSON pointer; `capability_name_taken` when another enabled plugin
    /// offers a format or source of the same name.
    public func set(
        _ id: String,
        in project: ProjectID,
        enabled: Bool,
        version: String?,
        settings: RawJSON?,
        by user: User
    ) async throws(ServiceError) -> ProjectPluginReport {
        let landscape = try await PluginLandscape.load(environment)
        let current = try await switches(of: project, landscape)
        guard let installed = Self.choose(id, version, current, landscape) else {
            throw .unknownPlugin(version.map { "\(id) \($0)" } ?? id)
        }
        if enabled { try Self.requireUsable(installed, landscape, besides: current) }
        var kept = current[id]?.enablement?.settings ?? .emptyObject
        if let settings {
            kept = try await PluginSettings.checked(settings, of: installed, environment.catalog)
        }
        let enablement = PluginEnablement(
            plugin: installed.plugin,
            isEnabled: enabled,
            settings: kept
        )
        try await stored(
            await environment.storage.plugins.set(enablement, in: project, by: user.id)
        )
        setups.remove(project)
        try await watch.look()
        return try await report(id, in: project)
    }

    // MARK: Parts

    /// The switches that a new project begins with, and what it asks for besides.
    ///
    /// Bundled exporters and import sources are on from the start. Tags are not: a project says
    /// which ones it uses, so that its config keeps meaning the same. Nor are panels, which would
    /// stand on pages of people who did not ask for them.
    func enablementsOfNewProject(
        asked ids: [String],
        _ landscape: PluginLandscape
    ) throws(ServiceError) -> [PluginEnablement] {
        var chosen: [PluginEnablement] = []
        let bundled = landscape.installed.filter { installed in
            guard installed.isBundled, let manifest = installed.manifest else { return false }
            return manifest.tags.isEmpty && manifest.panels.isEmpty
                && landscape.state(of: installed).state == .allowed
        }
        for installed in bundled
        where !chosen.contains(where: { $0.plugin.id == installed.plugin.id }) {
            guard let newest = landscape.preferredVersion(of: installed.plugin.id) else { continue }
            chosen.append(PluginEnablement(plugin: newest.plugin))
        }
        return try adding(ids, to: chosen, landscape)
    }

    /// Adds plugins that are to be enabled in the same step as something else.
    func adding(
        _ ids: [String],
        to enablements: [PluginEnablement],
        _ landscape: PluginLandscape
    ) throws(ServiceError) -> [PluginEnablement] {
        var all = enablements
        for id in ids {
            let current = ProjectPlugins(landscape, enablements: all)
            guard let installed = Self.choose(id, nil, current, landscape) else {
                throw .unknownPlugin(id)
            }
            try Self.requireUsable(installed, landscape, besides: current)
            let settings = current[id]?.enablement?.settings ?? .emptyObject
            all.removeAll { $0.plugin.id == id }
            all.append(PluginEnablement(plugin: installed.plugin, settings: settings))
        }
        return all
    }

    /// - Throws: ``ServiceError`` `not_found` without the project.
    func switches(of project: ProjectID) async throws(ServiceError) -> ProjectPlugins {
        try await switches(of: project, try await PluginLandscape.load(environment))
    }

    private func switches(
        of project: ProjectID,
        _ landscape: PluginLandscape
    ) async throws(ServiceError) -> ProjectPlugins {
        guard try await stored(await environment.storage.projects.project(project)) != nil else {
            throw .notFound("Project \(project)")
        }
        return ProjectPlugins(
            landscape,
            enablements: try await stored(
                await environment.storage.plugins.enablements(in: project)
            )
        )
    }

    private static func choose(
        _ id: String,
        _ version: String?,
        _ current: ProjectPlugins,
        _ landscape: PluginLandscape
    ) -> InstalledPlugin? {
        if let version { return landscape.find(PluginVersion(id: id, version: version)) }
        return current[id]?.installed
    }

    static func requireAllowed(
        _ installed: InstalledPlugin,
        _ landscape: PluginLandscape
    ) throws(ServiceError) {
        let (state, reason) = landscape.state(of: installed)
        guard state == .allowed else {
            var refusal = ServiceError(
                .invalid,
                reason?.code ?? "plugin_not_allowed",
                "\(installed.plugin) cannot be enabled. \(reason?.detail ?? "")",
                hint: reason?.hint,
                field: "enabled"
            )
            refusal.plugin = installed.plugin
            throw refusal
        }
    }

    /// - Throws: Also `capability_name_taken`.
    static func requireUsable(
        _ installed: InstalledPlugin,
        _ landscape: PluginLandscape,
        besides current: ProjectPlugins
    ) throws(ServiceError) {
        try requireAllowed(installed, landscape)
        let names = Set(
            installed.manifest?.capabilities.map { "\($0.kind.rawValue) \($0.name)" } ?? []
        )
        for other in current.entries
        where other.isEffective && other.plugin.id != installed.plugin.id {
            for capability in other.installed.manifest?.capabilities ?? []
            where names.contains("\(capability.kind.rawValue) \(capability.name)") {
                throw ServiceError(
                    .conflict,
                    "capability_name_taken",
                    "\(other.plugin) offers \(capability.name) in this project already.",
                    hint: "Disable it first."
                )
            }
        }
    }

    private static func report(_ entry: ProjectPlugins.Entry) -> ProjectPluginReport {
        let manifest = entry.installed.manifest
        return ProjectPluginReport(
            plugin: entry.plugin,
            name: manifest?.name ?? entry.plugin.id,
            description: manifest?.description ?? "",
            state: entry.state,
            isEnabled: entry.isEnabled,
            settings: entry.enablement?.settings ?? .emptyObject,
            settingsSchema: PluginSettings.schema(of: entry.installed),
            reason: entry.reason,
            capabilities: manifest?.capabilities ?? [],
            tags: manifest?.tags ?? [],
            panels: manifest?.panels ?? []
        )
    }
}
