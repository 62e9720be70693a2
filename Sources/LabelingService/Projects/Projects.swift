import Contracts
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

    /// A page of projects, pinned ones first, then the newest first.
    ///
    /// - `number`: From 1.
    public func page(
        number: Int,
        size: Int,
        titleContains: String?,
        by user: User
    ) async throws(ServiceError) -> (projects: [Project], total: Int) {
        try await stored(
            await environment.storage.projects.page(
                number: number,
                size: size,
                titleContains: titleContains
            )
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
            await environment.storage.projects.update(id, enabling: enablements, change)
        )
        setups.remove(id)
        return updated
    }

    /// Deletes a project with everything in it, its uploaded files too.
    public func delete(_ id: ProjectID, by user: User) async throws(ServiceError) {
        try await stored(await environment.storage.projects.delete(id))
        setups.remove(id)
        environment.uploads.removeAll(of: id)
    }

    /// Checks a labeling config without saving it.
    ///
    /// - `project`: nil checks it as that of a new project.
    /// - `ids`: Plugins that are to be enabled along with it.
    public func validate(
        labelConfig xml: String,
        for project: ProjectID?,
        enabling ids: [String] = []
    ) async throws(ServiceError) {
        let landscape = try await PluginLandscape.load(environment)
        var enablements: [PluginEnablement]
        if let project {
            _ = try await self.project(project)
            enablements = try await stored(
                await environment.storage.plugins.enablements(in: project)
            )
            enablements = try plugins.adding(ids, to: enablements, landscape)
        } else {
            enablements = try plugins.enablementsOfNewProject(asked: ids, landscape)
        }
        try await check(xml, ProjectPlugins(landscape, enablements: enablements))
    }

    private func check(
        _ xml: String,
        _ plugins: ProjectPlugins
    ) async throws(ServiceError) {
        let tree: ConfigTree
        do {
            tree = try LabelingConfigParser(limits: .standard).parse(xml)
        } catch {
            throw ServiceError(error)
        }
        let config = LabelingConfig(tree, registry: await plugins.registry(environment.catalog))
        let problems = await config.savingProblems()
        if let first = problems.first { throw ServiceError(first, all: problems) }
    }
}
