public import Contracts
public import LabelModel

/// What annotators do, and the programs that annotate for them: next task, answers, drafts,
/// predictions.
public struct Labeling: Sendable {
    let environment: ServiceEnvironment
    let setups: ProjectSetups
    /// Tasks that were handed out lately, so that an answer to one need not read it again.
    ///
    /// Only small ones: at most 4,096 times ``cachedDataBytes``.
    let recentTasks = ExpiringCache<TaskID, LabelingTask>(capacity: 4096, maxAge: .seconds(60))

    static let cachedDataBytes = 8 << 10

    var storage: any Storage { environment.storage }

    init(_ environment: ServiceEnvironment, setups: ProjectSetups) {
        self.environment = environment
        self.setups = setups
    }

    // MARK: The stream of tasks

    /// A task with what its annotator begins from.
    public struct NextTask: Sendable {
        public let lease: TaskLease
        /// Those of the project's model version, or all when it names none.
        public let predictions: [Prediction]
    }

    /// The next task for this user, or nil when there is none.
    public func next(
        in project: ProjectID,
        for user: User
    ) async throws(ServiceError) -> NextTask? {
        let setup = try await setups.setup(of: project)
        guard var lease = try await stored(await storage.queue.next(for: user.id, in: project))
        else { return nil }
        remember(lease.task)
        lease.task.data = setup.resolved(lease.task.data)
        let task = lease.task.id
        let predictions =
            lease.task.totalPredictions == 0
            ? [] : try await predictions(of: task, offeredIn: setup)
        return NextTask(lease: lease, predictions: predictions)
    }

    /// Keeps a task for its annotator for longer.
    ///
    /// - Returns: Until when, or nil when the user does not hold it.
    public func extendLease(
        _ task: TaskID,
        for user: User
    ) async throws(ServiceError) -> Timestamp? {
        try await stored(await storage.queue.extend(task, for: user.id))
    }

    /// Gives a task back to the queue.
    public func releaseLease(_ task: TaskID, for user: User) async throws(ServiceError) {
        try await stored(await storage.queue.release(task, for: user.id))
    }

    private func predictions(
        of task: TaskID,
        offeredIn setup: ProjectSetup
    ) async throws(ServiceError) -> [Prediction] {
        let all = try await stored(await storage.predictions.predictions(of: task))
        let version = setup.project.settings.modelVersion
        guard !version.isEmpty, !all.isEmpty else { return all }
        let named = all.filter { $0.modelVersion == version }
        guard named.isEmpty else { return named }
        // A project that got its first model is named after it: the model's present version counts.
        let models = try await stored(
            await storage.mlBackends.backends(of: setup.project.id)
        )
        guard let model = models.first(where: { $0.settings.title == version }) else { return [] }
        return all.filter { $0.modelVersion == model.condition.modelVersion }
    }

    // MARK: Parts

    /// The task that an answer is about, as it was stored.
    func answeredTask(_ id: TaskID) async throws(ServiceError) -> LabelingTask {
        let task = try await recentTasks.value(id) { () async throws(ServiceError) in
            try await stored(await storage.tasks.task(id))
        }
        guard let task else { throw .notFound("Task \(id)") }
        if task.data.bytes.count > Self.cachedDataBytes { recentTasks.remove(id) }
        return task
    }

    private func remember(_ task: LabelingTask) {
        if task.data.bytes.count <= Self.cachedDataBytes { recentTasks.insert(task, for: task.id) }
    }
}
