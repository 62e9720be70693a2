public import Contracts
public import LabelModel
import ValueTree

/// Models that answer over HTTP, in Label Studio's protocol.
///
/// A backend belongs to one project. It is asked about itself before it is saved and each time it
/// is looked at.
public struct MLBackends: Sendable {
    let environment: ServiceEnvironment
    let setups: ProjectSetups
    let projects: Projects

    var storage: any Storage { environment.storage }

    init(_ environment: ServiceEnvironment, setups: ProjectSetups, projects: Projects) {
        self.environment = environment
        self.setups = setups
        self.projects = projects
    }

    /// Backends of a project by id, each asked how it is.
    public func list(of id: ProjectID) async throws(ServiceError) -> [MLBackend] {
        let project = try await projects.project(id)
        var backends: [MLBackend] = []
        for backend in try await stored(await storage.mlBackends.backends(of: id)) {
            backends.append(try await refreshed(backend, of: project))
        }
        return backends
    }

    /// A backend, asked how it is.
    public func backend(_ id: MLBackendID) async throws(ServiceError) -> MLBackend {
        let backend = try await known(id)
        return try await refreshed(backend, of: try await projects.project(backend.project))
    }

    /// Adds a backend that answers; its project gets a webhook for it.
    public func create(
        _ settings: MLBackendSettings,
        for id: ProjectID,
        by user: User
    ) async throws(ServiceError) -> MLBackend {
        let project = try await projects.project(id)
        let condition = try await checked(settings, for: project)
        let backend = try await stored(
            await storage.mlBackends.insert(settings, condition, into: id)
        )
        try await addWebhook(for: backend)
        if project.settings.showCollabPredictions, project.settings.modelVersion.isEmpty {
            try await setModelVersion(of: id, from: "", to: settings.title, by: user)
        }
        return backend
    }

    /// Changes a backend; what comes out of it must answer.
    ///
    /// - `change`: Sets fields and does nothing else.
    public func update(
        _ id: MLBackendID,
        by user: User,
        _ change: (inout MLBackendSettings) -> Void
    ) async throws(ServiceError) -> MLBackend {
        let current = try await known(id)
        var settings = current.settings
        change(&settings)
        let project = try await projects.project(current.project)
        let condition = try await checked(settings, for: project)
        let backend = try await stored(
            await storage.mlBackends.update(id, settings, condition)
        )
        if settings.title != current.settings.title {
            try await setModelVersion(
                of: project.id,
                from: current.settings.title,
                to: settings.title,
                by: user
            )
        }
        return backend
    }

    public func delete(_ id: MLBackendID, by user: User) async throws(ServiceError) {
        let backend = try await known(id)
        try await stored(await storage.mlBackends.delete(id))
        try await setModelVersion(
            of: backend.project,
            from: backend.settings.title,
            to: "",
            by: user
        )
    }

    // MARK: Parts

    func known(_ id: MLBackendID) async throws(ServiceError) -> MLBackend {
        guard let backend = try await stored(await storage.mlBackends.backend(id)) else {
            throw .notFound("ML backend \(id)")
        }
        return backend
    }

    func conversation(with backend: MLBackend, about project: Project) -> MLConversation {
        MLConversation(
            settings: backend.settings,
            project: project,
            outbound: environment.outbound
        )
    }

    /// Asks a backend how it is, and keeps the answer.
    func refreshed(
        _ backend: MLBackend,
        of project: Project
    ) async throws(ServiceError) -> MLBackend {
        let conversation = conversation(with: backend, about: project)
        var condition = backend.condition
        if case .failure(_, let message) = await conversation.health() {
            condition.state = .disconnected
            condition.error = message
        } else {
            switch await conversation.setup() {
            case .failure(_, let message):
                condition.state = .error
                condition.error = message
            case .value(let answer):
                condition = connected(answer, backend.settings, condition)
            }
        }
        return try await stored(
            await storage.mlBackends.update(backend.id, backend.settings, condition)
        )
    }

    private func connected(
        _ answer: JSONText,
        _ settings: MLBackendSettings,
        _ before: MLBackendCondition
    ) -> MLBackendCondition {
        MLBackendCondition(
            state: .connected,
            modelVersion: settings.updatesModelVersion
                ? answer["model_version"]?.string : before.modelVersion
        )
    }

    /// Refuses settings with which no backend answers.
    private func checked(
        _ settings: MLBackendSettings,
        for project: Project
    ) async throws(ServiceError) -> MLBackendCondition {
        guard settings.timeoutSeconds.isFinite, (0.1...3600).contains(settings.timeoutSeconds)
        else { throw .invalidField("timeout", "A timeout has 0.1 to 3600 seconds.") }
        if settings.usesBasicAuth, settings.user.isEmpty || settings.password.isEmpty {
            throw .invalidField(
                "basic_auth_pass",
                "User and password are needed for basic authentication."
            )
        }
        do {
            try await environment.outbound.check(settings.url)
        } catch {
            throw ServiceError(error, field: "url")
        }
        let conversation = MLConversation(
            settings: settings,
            project: project,
            outbound: environment.outbound
        )
        if case .failure(let status, let message) = await conversation.health() {
            throw .invalidField(
                "url",
                status == 401
                    ? "The backend wants other credentials." : "No ML backend answers. \(message)",
                hint: "Start it, and check its address and the firewall."
            )
        }
        switch await conversation.setup() {
        case .failure(_, let message):
            throw .invalidField(
                "url",
                "Something answers, but it is no ML backend for this project. \(message)",
                hint: "Look into the backend's log: its model may not know this labeling config."
            )
        case .value(let answer):
            return connected(answer, settings, MLBackendCondition(state: .connected))
        }
    }

    /// Tells the backend of what happens in its project, as Label Studio does.
    private func addWebhook(for backend: MLBackend) async throws(ServiceError) {
        let conversation = conversation(
            with: backend,
            about: try await projects.project(backend.project)
        )
        let url = conversation.address("webhook")
        let known = try await stored(
            await storage.webhooks.webhooks(.project(backend.project))
        )
        guard !known.contains(where: { $0.settings.url == url }) else { return }
        _ = try await stored(
            await storage.webhooks.insert(WebhookSettings(url: url), project: backend.project)
        )
    }

    /// The project's predictions follow the backend's title while they are named by it.
    private func setModelVersion(
        of id: ProjectID,
        from old: String,
        to new: String,
        by user: User
    ) async throws(ServiceError) {
        guard try await projects.project(id).settings.modelVersion == old, old != new else {
            return
        }
        _ = try await projects.update(id, by: user) { $0.modelVersion = new }
    }
}
