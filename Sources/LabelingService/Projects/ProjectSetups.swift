import Contracts
import LabelModel

/// The setups of the projects that people work in.
///
/// Every change made by this process drops a setup at once. Changes made elsewhere (another node,
/// a plugin folder that came or went) are seen when the setup is read anew, a few seconds later.
final class ProjectSetups: Sendable {
    private let environment: ServiceEnvironment
    private let cache = ExpiringCache<ProjectID, ProjectSetup>(capacity: 1024, maxAge: .seconds(5))

    init(_ environment: ServiceEnvironment) {
        self.environment = environment
    }

    /// - Throws: ``ServiceError`` `not_found` without the project.
    func setup(of project: ProjectID) async throws(ServiceError) -> ProjectSetup {
        let setup = try await cache.value(project) { () async throws(ServiceError) in
            try await load(project)
        }
        guard let setup else { throw .notFound("Project \(project)") }
        return setup
    }

    func remove(_ project: ProjectID) { cache.remove(project) }

    func removeAll() { cache.removeAll() }

    private func load(_ id: ProjectID) async throws(ServiceError) -> ProjectSetup? {
        let storage = environment.storage
        guard let project = try await stored(await storage.projects.project(id)) else { return nil }
        let plugins = ProjectPlugins(
            try await PluginLandscape.load(environment),
            enablements: try await stored(await storage.plugins.enablements(in: id))
        )
        return try ProjectSetup(project, registry: await plugins.registry(environment.catalog))
    }
}
