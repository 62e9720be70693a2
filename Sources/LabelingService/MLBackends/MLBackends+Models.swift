public import Contracts
public import LabelModel
import ValueTree

/// What models are asked for.
extension MLBackends {
    /// What a test of a backend showed.
    public struct PredictionTest: Sendable {
        public let url: String
        public let task: LabelingTask
        /// The body that was sent.
        public let request: RawJSON
        /// `results` of the answer, or null.
        public let results: RawJSON
    }

    /// Asks the model to learn from the project's annotations.
    public func train(_ id: MLBackendID, by user: User) async throws(ServiceError) {
        let backend = try await known(id)
        let project = try await projects.project(backend.project)
        let event = ProjectEvent(
            setup: try await setups.setup(of: project.id),
            project: project,
            configHash: ConfigHash.of(project.settings.labelConfig, environment)
        )
        var condition = backend.condition
        switch await conversation(with: backend, about: project).train(event) {
        case .value:
            condition.state = .training
            condition.error = nil
        case .failure(_, let message):
            condition.state = .error
            condition.error = message
        }
        _ = try await stored(
            await storage.mlBackends.update(id, backend.settings, condition)
        )
    }

    /// The versions of its model that a backend has.
    ///
    /// - Returns: The versions, and a sentence for backends that cannot tell them.
    public func versions(
        of id: MLBackendID
    ) async throws(ServiceError) -> (versions: [String], message: String?) {
        let backend = try await known(id)
        let project = try await projects.project(backend.project)
        switch await conversation(with: backend, about: project).versions() {
        case .value(let answer):
            return (answer["versions"]?.elements.compactMap(\.string) ?? [], nil)
        case .failure(404, _):
            return (
                [backend.condition.modelVersion ?? ""],
                "The backend is too old to tell its versions."
            )
        case .failure(_, let message):
            throw ServiceError(.invalid, "ml_backend_failed", message)
        }
    }

    /// Lets a model answer while someone draws; nothing is stored.
    ///
    /// - `context`: What was drawn so far: JSON.
    ///
    /// Returns the model's answer to the task, or a sentence why there is none.
    public func predictInteractively(
        _ id: MLBackendID,
        task number: TaskID,
        context: RawJSON,
        by user: User
    ) async throws(ServiceError) -> Result<RawJSON, MLRefusal> {
        let backend = try await known(id)
        guard let task = try await stored(await storage.tasks.task(number)),
            task.project == backend.project
        else { throw .notFound("Task \(number)") }
        guard backend.settings.isInteractive else {
            return .failure(MLRefusal("The model is not set to answer interactively."))
        }
        let project = try await projects.project(backend.project)
        let answer = await conversation(with: backend, about: project).predict(
            try await shapes(of: [task]),
            context: context
        )
        switch answer {
        case .failure(_, let message): return .failure(MLRefusal(message))
        case .value(let value):
            guard let first = value["results"]?[0] else {
                return .failure(MLRefusal("The backend's answer has no results."))
            }
            return .success(RawJSON(checked: first.rawBytes))
        }
    }

    /// Sends one task of the project to the model and stores nothing.
    public func test(_ id: MLBackendID, by user: User) async throws(ServiceError) -> PredictionTest
    {
        let backend = try await known(id)
        let project = try await projects.project(backend.project)
        guard project.counters.tasks > 0 else { throw .notFound("A task to test with") }
        let page = Int.random(in: 1...Int(min(project.counters.tasks, 1_000_000)))
        let tasks = try await stored(
            await storage.tasks.page(of: project.id, number: page, size: 1)
        )
        guard let task = tasks.first else { throw .notFound("A task to test with") }
        let conversation = conversation(with: backend, about: project)
        let shapes = try await shapes(of: [task])
        switch await conversation.predict(shapes) {
        case .failure(_, let message):
            throw ServiceError(.invalid, "ml_backend_failed", message)
        case .value(let answer):
            return PredictionTest(
                url: conversation.address("predict"),
                task: task,
                request: conversation.predictionRequest(shapes),
                results: answer["results"].map { RawJSON(checked: $0.rawBytes) } ?? .null
            )
        }
    }

    /// Asks the project's first backend about tasks that it has not answered yet, and stores what
    /// it says.
    ///
    /// - Returns: How many predictions there are more.
    func predict(
        _ tasks: [LabelingTask],
        of id: ProjectID
    ) async throws(ServiceError) -> Int64 {
        guard let first = try await stored(await storage.mlBackends.backends(of: id)).first else {
            throw ServiceError(
                .invalid,
                "ml_backend_missing",
                "The project has no ML backend.",
                hint: "Add one first."
            )
        }
        let project = try await projects.project(id)
        let backend = try await refreshed(first, of: project)
        guard backend.condition.state == .connected else {
            throw ServiceError(
                .invalid,
                "ml_backend_failed",
                backend.condition.error ?? "The ML backend does not answer."
            )
        }
        let known = try await stored(
            await storage.predictions.predictions(of: tasks.map(\.id))
        )
        let open = tasks.filter { task in
            known[task.id]?.contains { $0.modelVersion == backend.condition.modelVersion } != true
        }
        guard !open.isEmpty else { return 0 }
        let conversation = conversation(with: backend, about: project)
        let answer = await conversation.predict(try await shapes(of: open))
        guard case .value(let value) = answer else {
            if case .failure(_, let message) = answer {
                throw ServiceError(.invalid, "ml_backend_failed", message)
            }
            return 0
        }
        return try await store(value, for: open, backend)
    }

    // MARK: Parts

    private func store(
        _ answer: JSONText,
        for tasks: [LabelingTask],
        _ backend: MLBackend
    ) async throws(ServiceError) -> Int64 {
        let results = answer["results"].map { Array($0.elements) } ?? []
        guard results.count == tasks.count else {
            throw ServiceError(
                .invalid,
                "ml_backend_failed",
                "The backend answered \(results.count) of \(tasks.count) tasks, so nobody knows "
                    + "which."
            )
        }
        let setup = try await setups.setup(of: backend.project)
        var entries: [(task: TaskID, prediction: NewPrediction)] = []
        for (task, result) in zip(tasks, results) {
            let answers = result.kind == .array ? Array(result.elements) : [result]
            for answer in answers where answer["result"] != nil {
                let fields = BodyFields(answer, at: "/results")
                var prediction = try await PredictionFields(fields, setup).prediction(
                    taskData: setup.resolved(task.data)
                )
                if try fields.string("model_version") == nil {
                    prediction.modelVersion = backend.condition.modelVersion ?? "undefined"
                }
                entries.append((task.id, prediction))
            }
        }
        guard !entries.isEmpty else { return 0 }
        return Int64(try await stored(await storage.predictions.insert(entries)).count)
    }

    /// Tasks as models get them: a JSON array, each with its annotations and predictions.
    private func shapes(of tasks: [LabelingTask]) async throws(ServiceError) -> RawJSON {
        let ids = tasks.map(\.id)
        let annotations = try await stored(await storage.annotations.annotations(of: ids))
        var writer = JSONWriter()
        writer.beginArray()
        for task in tasks {
            let setup = try await setups.setup(of: task.project)
            var shown = task
            shown.data = setup.resolved(task.data)
            shown.writeEvent(to: &writer) { writer in
                writer.key("annotations")
                writer.array { writer in
                    for annotation in annotations[task.id] ?? [] {
                        annotation.writeEvent(to: &writer)
                    }
                }
                writer.key("predictions")
                writer.array { _ in }
            }
        }
        writer.endArray()
        return RawJSON(checked: writer.bytes)
    }
}

/// Why a model has no answer.
public struct MLRefusal: Error, Hashable, Sendable {
    /// A sentence.
    public let message: String

    init(_ message: String) {
        self.message = message
    }
}
