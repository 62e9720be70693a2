public import Contracts
public import LabelModel

/// What came of letting projects use another version of a plugin.
public struct PluginUpgrade: Sendable {
    /// A project that stays with the version that it has, and why.
    public struct Kept: Hashable, Sendable {
        public let project: ProjectID
        public let version: String
        public let reason: PluginReason
    }

    public let plugin: PluginVersion
    public let report: PluginCheckReport
    public let moved: [ProjectID]
    public let kept: [Kept]
}

extension Plugins {
    /// Lets every project that has a plugin enabled use another version of it, without a restart.
    ///
    /// 1. The version proves itself in processes of its own; nothing changes when it fails.
    /// 2. Projects whose settings and tags the version takes are moved in one step; the others
    ///    stay, with a reason.
    /// 3. What begins from now on uses the version; what is under way ends with the old one, whose
    ///    folder stays.
    ///
    /// Throws ``ServiceError`` with the code of the reason when the version is not allowed,
    /// `plugin_self_test_failed` when it does not prove itself.
    public func upgrade(
        to plugin: PluginVersion,
        by user: User
    ) async throws(ServiceError) -> PluginUpgrade {
        try user.requireAdministrator(to: "upgrade plugins")
        let landscape = try await PluginLandscape.load(environment)
        guard let installed = landscape.find(plugin) else {
            throw .unknownPlugin(plugin.description)
        }
        try Self.requireAllowed(installed, landscape)
        let report = try await prove(plugin)
        let enablements = try await stored(
            await environment.storage.plugins.enablements(of: plugin.id)
        )
        var settings: [ProjectID: RawJSON] = [:]
        var kept: [PluginUpgrade.Kept] = []
        for (project, enablement) in enablements where enablement.plugin != plugin {
            do {
                settings[project] = try await fitting(
                    enablement,
                    to: installed,
                    in: project,
                    landscape
                )
            } catch {
                kept.append(
                    PluginUpgrade.Kept(
                        project: project,
                        version: enablement.plugin.version,
                        reason: PluginReason(error.code, error.message, hint: error.hint)
                    )
                )
            }
        }
        let moved = try await stored(
            await environment.storage.plugins.move(to: plugin, settings: settings, by: user.id)
        )
        try await tell(of: moved)
        return PluginUpgrade(
            plugin: plugin,
            report: report,
            moved: moved,
            kept: kept.sorted { $0.project < $1.project }
        )
    }

    /// Lets the projects that ``upgrade(to:by:)`` gave a version go back to the one that they had,
    /// with the settings that they had.
    ///
    /// Projects that somebody has changed since stay as they are.
    ///
    /// Returns the version that each of them uses now.
    public func rollBack(
        from plugin: PluginVersion,
        by user: User
    ) async throws(ServiceError) -> [ProjectID: String] {
        try user.requireAdministrator(to: "roll plugins back")
        let moved = try await stored(
            await environment.storage.plugins.moveBack(from: plugin, by: user.id)
        )
        try await tell(of: Array(moved.keys))
        return moved
    }

    // MARK: Parts

    private func tell(of projects: [ProjectID]) async throws(ServiceError) {
        for project in projects { setups.remove(project) }
        try await watch.look()
    }

    private func prove(_ plugin: PluginVersion) async throws(ServiceError) -> PluginCheckReport {
        let proofs: [PluginProof]
        do {
            proofs = try await environment.catalog.prove(plugin)
        } catch {
            try await keep(.selfTest(error), of: plugin)
            var failure = ServiceError(
                .conflict,
                "plugin_self_test_failed",
                "\(plugin) did not prove itself: \(error.message)",
                hint: "Nothing was changed. Ask its publisher for a version that works."
            )
            failure.plugin = plugin
            throw failure
        }
        let report = PluginCheckReport.selfTest(proofs)
        try await keep(report, of: plugin)
        return report
    }

    /// What a project sets in another version of a plugin that it has enabled.
    private func fitting(
        _ enablement: PluginEnablement,
        to installed: InstalledPlugin,
        in project: ProjectID,
        _ landscape: PluginLandscape
    ) async throws(ServiceError) -> RawJSON {
        let offered = Set(installed.manifest?.tags.map { $0.tag.lowercased() } ?? [])
        let before = landscape.find(enablement.plugin)?.manifest?.tags ?? []
        if let lost = before.first(where: { !offered.contains($0.tag.lowercased()) }) {
            throw ServiceError(
                .conflict,
                "plugin_tag_missing",
                "\(installed.plugin) has no longer the tag <\(lost.tag)>, which the project may "
                    + "use.",
                hint: "Enable the version in the project by hand when it does without the tag."
            )
        }
        let others = try await stored(
            await environment.storage.plugins.enablements(in: project)
        )
        try Self.requireUsable(
            installed,
            landscape,
            besides: ProjectPlugins(landscape, enablements: others)
        )
        return try await PluginSettings.checked(
            enablement.settings,
            of: installed,
            environment.catalog
        )
    }
}
