import Contracts
public import LabelModel
import ValueTree

extension Labeling {
    /// Stores a model's answer to a task.
    ///
    /// - `body`: JSON object: `task`, `result` in one of Label Studio's forms, and as far as wanted
    ///   `score` and `model_version`.
    public func predict(body: [UInt8], by user: User) async throws(ServiceError) -> Prediction {
        let entry = try await predictionEntry(try JSONText.parseObject(body), at: "", in: nil)
        guard let prediction = try await insert([entry]).first else {
            throw ServiceError(.failed, "storage_failed", "The prediction was not stored.")
        }
        return prediction
    }

    /// Stores models' answers to many tasks of one project, all or none.
    ///
    /// - `body`: JSON array of what ``predict(body:by:)`` takes.
    ///
    /// Returns how many there were.
    public func importPredictions(
        body: [UInt8],
        into project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> Int {
        let list = try JSONText.parse(body)
        guard list.kind == .array else {
            throw ServiceError(
                .invalid,
                "body_not_array",
                "The body is not a list of predictions.",
                at: .pointer("")
            )
        }
        var entries: [(task: TaskID, prediction: NewPrediction)] = []
        entries.reserveCapacity(list.count)
        for (index, element) in list.elements.enumerated() {
            entries.append(try await predictionEntry(element, at: "/\(index)", in: project))
        }
        guard !entries.isEmpty else { return 0 }
        return try await insert(entries).count
    }

    public func prediction(_ id: PredictionID) async throws(ServiceError) -> Prediction {
        guard let prediction = try await stored(await storage.predictions.prediction(id)) else {
            throw .notFound("Prediction \(id)")
        }
        return prediction
    }

    /// Predictions of a task by id.
    public func predictions(of task: TaskID) async throws(ServiceError) -> [Prediction] {
        _ = try await self.task(task)
        return try await stored(await storage.predictions.predictions(of: task))
    }

    /// Predictions of these tasks by id.
    public func predictions(
        of tasks: [TaskID]
    ) async throws(ServiceError) -> [TaskID: [Prediction]] {
        try await stored(await storage.predictions.predictions(of: tasks))
    }

    /// Predictions of a project by id, at most `limit` after `id`.
    public func predictions(
        in project: ProjectID,
        after id: PredictionID?,
        limit: Int
    ) async throws(ServiceError) -> [Prediction] {
        try await stored(
            await storage.predictions.predictions(in: project, after: id, limit: limit)
        )
    }

    /// Changes a prediction; members that the body lacks stay.
    public func update(
        _ id: PredictionID,
        body: [UInt8],
        by user: User
    ) async throws(ServiceError) -> Prediction {
        let current = try await prediction(id)
        let fields = BodyFields(try JSONText.parseObject(body))
        var changed = NewPrediction(
            result: current.result,
            modelVersion: current.modelVersion,
            score: current.score,
            misfit: current.misfit
        )
        if fields.value("result") != nil {
            let task = try await answeredTask(current.task)
            let setup = try await setups.setup(of: current.project)
            let data = setup.resolved(task.data)
            let sent = try await PredictionFields(fields, setup).prediction(taskData: data)
            changed.result = sent.result
            changed.misfit = sent.misfit
        }
        if let version = try fields.string("model_version") { changed.modelVersion = version }
        if let score = try fields.number("score") { changed.score = score }
        return try await stored(await storage.predictions.update(id, changed))
    }

    public func delete(_ id: PredictionID, by user: User) async throws(ServiceError) {
        try await stored(await storage.predictions.delete(id))
    }

    // MARK: Parts

    /// - `project`: The one that the task must belong to; nil for any.
    private func predictionEntry(
        _ body: JSONText,
        at pointer: String,
        in project: ProjectID?
    ) async throws(ServiceError) -> (task: TaskID, prediction: NewPrediction) {
        let fields = BodyFields(body, at: pointer)
        guard let number = try fields.integer("task") else { throw fields.missing("task") }
        let unknown = ServiceError(
            .invalid,
            "body_field_invalid",
            "There is no task \(number) here.",
            at: .pointer("\(pointer)/task"),
            field: "task"
        )
        guard let task = try? await answeredTask(TaskID(number)),
            project == nil || task.project == project
        else { throw unknown }
        let setup = try await setups.setup(of: task.project)
        let data = setup.resolved(task.data)
        return (task.id, try await PredictionFields(fields, setup).prediction(taskData: data))
    }

    private func insert(
        _ entries: [(task: TaskID, prediction: NewPrediction)]
    ) async throws(ServiceError) -> [Prediction] {
        let inserted = try await stored(await storage.predictions.insert(entries))
        // The tasks' counters have changed.
        for entry in entries { recentTasks.remove(entry.task) }
        return inserted
    }
}
