public import Contracts
public import LabelModel
import LabelingConfig

/// Projects and their labeling configs.
public struct Projects: Sendable {
    let environment: ServiceEnvironment
    let plugins: Plugins
    let setups: ProjectSetups

    init(_ environment: ServiceEnvironment, plugins: Plugins, setups: ProjectSetups) {
        self.environment = environment
        self.plugins = plugins
        self.setups = setups
    }

    /// A page of projects.
    ///
    /// - `number`: From 1.
    public func page(
        _ query: ProjectQuery,
        number: Int,
        size: Int,
        by user: User
    ) async throws(ServiceError) -> (projects: [Project], total: Int) {
        try await stored(
            await environment.storage.projects.page(query, number: number, size: size)
        )
    }

    /// The project as it is now, with its counters.
    public func project(_ id: ProjectID) async throws(ServiceError) -> Project {
        guard let project = try await stored(await environment.storage.projects.project(id)) else {
            throw .notFound("Project \(id)")
        }
        return project
    }

    /// The labeling config in force, read and ready; from memory, so at most seconds old.
    public func setup(of id: ProjectID) async throws(ServiceError) -> ProjectSetup {
        try await setups.setup(of: id)
    }

    /// Makes a project.
    ///
    /// - `ids`: Plugins to enable in the same transaction, besides the bundled ones that every new
    ///   project begins with. Only allowed ones can be.
    ///
    /// Throws ``ServiceError`` with a code of the labeling config and the place in it.
    public func create(
        _ settings: ProjectSettings,
        enabling ids: [String] = [],
        by user: User
    ) async throws(ServiceError) -> Project {
        try settings.check()
        let landscape = try await PluginLandscape.load(environment)
        let enablements = try plugins.enablementsOfNewProject(asked: ids, landscape)
        try await check(
            settings.labelConfig,
            ProjectPlugins(landscape, enablements: enablements)
        )
        return try await stored(
            await environment.storage.projects.insert(
                settings,
                by: user.id,
                enabling: enablements
            )
        )
    }

    /// Changes a project.
    ///
    /// The labeling config is checked when it changes, or when plugins are enabled along with it.
    ///
    /// - `ids`: Plugins to enable in the same transaction. Only allowed ones can be.
    /// - `change`: Called more than once; sets fields and does nothing else.
    public func update(
        _ id: ProjectID,
        enabling ids: [String] = [],
        by user: User,
        _ change: @escaping @Sendable (inout ProjectSettings) -> Void
    ) async throws(ServiceError) -> Project {
        let current = try await project(id)
        var settings = current.settings
        change(&settings)
        try settings.check()
        var enablements: [PluginEnablement] = []
        if !ids.isEmpty || settings.labelConfig != current.settings.labelConfig {
            let landscape = try await PluginLandscape.load(environment)
            let before = try await stored(
                await environment.storage.plugins.enablements(in: id)
            )
            let after = try plugins.adding(ids, to: before, landscape)
            try await check(settings.labelConfig, ProjectPlugins(landscape, enablements: after))
            enablements = after.filter { ids.contains($0.plugin.id) }
        }
        let updated = try await stored(
            await environment.storage.projects.update(
                id,
                enabling: enablements,
                by: user.id,
                change
            )
        )
        setups.remove(id)
        return updated
    }

    /// Moves a project with everything in it into the trash.
    public func delete(_ id: ProjectID, by user: User) async throws(ServiceError) {
        try await stored(await environment.storage.trash.discard(id, by: user.id))
        setups.remove(id)
    }

    /// Deletes a project with everything in it for good, its uploaded files too.
    func purge(_ id: ProjectID) async throws(ServiceError) {
        try await stored(await environment.storage.projects.delete(id))
        setups.remove(id)
        environment.uploads.removeAll(of: id)
        environment.exportArea.removeAll(of: id)
    }

    /// Checks a labeling config without saving it.
    ///
    /// For a project it also tells what annotations use and the config takes away, with code
    /// `controls_in_use` or `labels_in_use`. Saving does not refuse such a config: annotations stay
    /// with the version that they were made under.
    ///
    /// - `project`: nil checks it as that of a new project.
    /// - `ids`: Plugins that are to be enabled along with it.
    public func validate(
        labelConfig xml: String,
        for project: ProjectID?,
        enabling ids: [String] = []
    ) async throws(ServiceError) {
        let landscape = try await PluginLandscape.load(environment)
        guard let project else {
            let enablements = try plugins.enablementsOfNewProject(asked: ids, landscape)
            try await check(xml, ProjectPlugins(landscape, enablements: enablements))
            return
        }
        let current = try await self.project(project)
        let before = try await stored(
            await environment.storage.plugins.enablements(in: project)
        )
        let after = try plugins.adding(ids, to: before, landscape)
        let config = try await check(xml, ProjectPlugins(landscape, enablements: after))
        if current.counters.annotations > 0 { try await checkUse(of: project, against: config) }
    }

    /// Checks a labeling config of a project whatever its annotations use.
    func validate(labelConfig xml: String, of project: ProjectID) async throws(ServiceError) {
        let landscape = try await PluginLandscape.load(environment)
        let enablements = try await stored(
            await environment.storage.plugins.enablements(in: project)
        )
        try await check(xml, ProjectPlugins(landscape, enablements: enablements))
    }

    /// Refuses a config that takes away what annotations use.
    private func checkUse(
        of project: ProjectID,
        against config: LabelingConfig
    ) async throws(ServiceError) {
        let change = ConfigChange(from: try await setups.setup(of: project).config, to: config)
        guard !change.vanishedControls.isEmpty || !change.vanishedLabels.isEmpty else { return }
        let use = try await RecordedUse.find(change, in: project, environment.storage.tasks)
        let problems =
            config.problems(withRecordedControls: use.controls.sorted { $0.fromName < $1.fromName })
            + config.problems(withRecordedLabels: use.labels.sorted { $0.label < $1.label })
        if let first = problems.first { throw ServiceError(first, all: problems) }
    }

    /// Returns the config when it may be saved.
    @discardableResult
    private func check(
        _ xml: String,
        _ plugins: ProjectPlugins
    ) async throws(ServiceError) -> LabelingConfig {
        let tree: ConfigTree
        do {
            tree = try LabelingConfigParser(limits: .standard).parse(xml)
        } catch {
            throw ServiceError(error)
        }
        let config = LabelingConfig(tree, registry: await plugins.registry(environment.catalog))
        let problems = await config.savingProblems()
        if let first = problems.first { throw ServiceError(first, all: problems) }
        return config
    }
}
