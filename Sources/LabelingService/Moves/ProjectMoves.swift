import Contracts
public import LabelModel

/// Moves whole projects between installations.
public struct ProjectMoves: Sendable {
    private let environment: ServiceEnvironment
    private let projects: Projects
    private let plugins: Plugins
    private let media: MediaFiles

    init(
        _ environment: ServiceEnvironment,
        projects: Projects,
        plugins: Plugins,
        media: MediaFiles
    ) {
        self.environment = environment
        self.projects = projects
        self.plugins = plugins
        self.media = media
    }

    /// Begins the archive of a project, for administrators and whoever made it.
    public func pack(
        _ id: ProjectID,
        _ options: PackOptions,
        by user: User
    ) async throws(ServiceError) -> PackedProject {
        let project = try await projects.project(id)
        if project.createdBy != user.id {
            try user.requireAdministrator(to: "pack projects that others made")
        }
        _ = try await stored(
            await environment.storage.audit.append(
                AuditEvent("project.packed", on: "project:\(id)", by: .user(user.id), in: id)
            )
        )
        return PackedProject(
            fileName: "project-\(id).postil.tar",
            packer: try await ProjectPacker(
                environment,
                project: id,
                options: options,
                media: media
            )
        )
    }

    /// Makes a project of an archive, all of it or nothing, for administrators: it makes users, and
    /// says of people what they did.
    ///
    /// - `title`: Another title for the project.
    public func unpack(
        _ bytes: ByteStream,
        title: String? = nil,
        by user: User
    ) async throws(ServiceError) -> UnpackedProject {
        try user.requireAdministrator(to: "unpack projects")
        let assembly = try await ProjectAssembly(environment, by: user)
        var unpacker = ProjectUnpacker(assembly, title: title, limits: environment.limits)
        do {
            try await bytes.forEachChunk { chunk throws(ServiceError) in
                try await unpacker.append(chunk)
            }
            return try await unpacker.finish()
        } catch {
            await unpacker.cancel()
            throw error
        }
    }

    /// Copies a project out of a running Label Studio, all of it or nothing, for administrators.
    ///
    /// - `progress`: Called now and then with the number of tasks that have come.
    public func copy(
        _ source: LabelStudioSource,
        by user: User,
        _ progress: @escaping @Sendable (_ tasks: Int64) -> Void
    ) async throws(ServiceError) -> CopyReport {
        try user.requireAdministrator(to: "copy projects of others")
        let landscape = try await PluginLandscape.load(environment)
        let plugins = try plugins.enablementsOfNewProject(asked: [], landscape)
        var copy = try await LabelStudioCopy(environment, source, by: user, progress)
        do {
            let unpacked = try await copy.run(enabling: plugins)
            return CopyReport(unpacked: unpacked, losses: copy.losses.all)
        } catch {
            await copy.cancel()
            throw error
        }
    }
}
