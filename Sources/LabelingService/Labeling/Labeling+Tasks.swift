import Contracts
public import LabelModel
import ValueTree

/// A page of tasks with what lists show beside them.
public struct TaskPage: Sendable {
    public let tasks: [LabelingTask]
    /// Who annotated or skipped each task, ascending.
    public let annotators: [TaskID: [UserID]]
    /// Totals of the whole project.
    public let totals: ProjectCounters
}

/// A task with all that was said of it.
public struct TaskDetails: Sendable {
    public let task: LabelingTask
    /// By id, cancelled ones too.
    public let annotations: [Annotation]
    public let predictions: [Prediction]
    /// The asking user's own.
    public let drafts: [AnnotationDraft]
    /// Who annotated or skipped it, ascending.
    public let annotators: [UserID]
    /// Name of the file that it came from, `<8 hex>-<name>`.
    public let fileName: String?
}

extension Labeling {
    /// Stores one task.
    ///
    /// - `body`: JSON object: `data`, and as far as wanted `meta`, `allow_skip`, `overlap`,
    ///   `annotations`, `predictions`; without a `project` also the number of one as `project`.
    public func create(
        body: [UInt8],
        in project: ProjectID?,
        by user: User
    ) async throws(ServiceError) -> LabelingTask {
        guard body.count <= environment.limits.maxTaskBytes else {
            throw .taskTooLarge(limit: environment.limits.maxTaskBytes, at: .pointer(""))
        }
        let text = try JSONText.parseObject(body)
        let fields = BodyFields(text)
        let named = try fields.integer("project").map { ProjectID($0) }
        guard let project = project ?? named else { throw fields.missing("project") }
        guard fields.value("data") != nil else { throw fields.missing("data") }
        let setup = try await setups.setup(of: project)
        var reader = TaskReader(setup, users: environment.storage.users)
        var task = try await reader.read(text, at: "")
        task.overlap = try fields.integer("overlap").map { max($0, 1) }
        let ids = try await stored(
            await storage.tasks.insert([task], into: project, by: user.id, file: nil)
        )
        guard let id = ids.first else {
            throw ServiceError(.failed, "storage_failed", "The task was not stored.")
        }
        return try await self.task(id)
    }

    public func task(_ id: TaskID) async throws(ServiceError) -> LabelingTask {
        guard var task = try await stored(await storage.tasks.task(id)) else {
            throw .notFound("Task \(id)")
        }
        try await resolve(&task)
        return task
    }

    public func details(
        of id: TaskID,
        for user: User
    ) async throws(ServiceError) -> TaskDetails {
        let task = try await task(id)
        var fileName: String?
        if let file = task.fileUpload {
            let paths = try await stored(await storage.files.paths([file]))
            fileName = paths[file].map { FileNames.last($0) }
        }
        return TaskDetails(
            task: task,
            annotations: try await stored(await storage.annotations.annotations(of: id)),
            predictions: try await stored(await storage.predictions.predictions(of: id)),
            drafts: try await stored(await storage.drafts.drafts(of: id, by: user.id)),
            annotators: try await stored(await storage.tasks.annotators(of: [id]))[id] ?? [],
            fileName: fileName
        )
    }

    /// A page of a project's tasks.
    ///
    /// - `page`: From 1; a page past the end is empty.
    /// - `newestFirst`: By descending id instead of ascending.
    public func tasks(
        in project: ProjectID,
        page: Int,
        size: Int,
        newestFirst: Bool = false
    ) async throws(ServiceError) -> TaskPage {
        guard let current = try await stored(await storage.projects.project(project)) else {
            throw .notFound("Project \(project)")
        }
        var tasks =
            newestFirst
            ? try await stored(
                await storage.tasks.newestFirst(of: project, number: page, size: size)
            )
            : try await stored(await storage.tasks.page(of: project, number: page, size: size))
        let setup = try await setups.setup(of: project)
        for index in tasks.indices { tasks[index].data = setup.resolved(tasks[index].data) }
        return TaskPage(
            tasks: tasks,
            annotators: try await stored(await storage.tasks.annotators(of: tasks.map(\.id))),
            totals: current.counters
        )
    }

    /// Changes a task.
    ///
    /// - `body`: JSON object with the members to change: `data`, `meta`, `overlap`, `allow_skip`.
    public func update(
        _ id: TaskID,
        body: [UInt8],
        by user: User
    ) async throws(ServiceError) -> LabelingTask {
        let current = try await task(id)
        guard body.count <= environment.limits.maxTaskBytes else {
            throw .taskTooLarge(limit: environment.limits.maxTaskBytes, at: .pointer(""))
        }
        let fields = BodyFields(try JSONText.parseObject(body))
        var changes = TaskChanges()
        if fields.body["data"]?.isNull == true {
            throw .invalidField("data", "This field may not be null.")
        }
        if let data = try fields.object("data") {
            let setup = try await setups.setup(of: current.project)
            try setup.check(data: data, at: "/data")
            changes.data = RawJSON(checked: data.rawBytes)
        }
        changes.meta = try fields.object("meta").map { RawJSON(checked: $0.rawBytes) }
        changes.overlap = try fields.integer("overlap").map { max($0, 1) }
        changes.allowSkip = try fields.bool("allow_skip")
        var task = try await stored(await storage.tasks.update(id, changes, by: user.id))
        recentTasks.remove(id)
        try await resolve(&task)
        return task
    }

    /// Moves a task with all that was said of it into the trash.
    public func delete(_ id: TaskID, by user: User) async throws(ServiceError) {
        let project = try await task(id).project
        let (count, _) = try await stored(
            await storage.trash.discard([id], of: project, into: nil, by: user.id)
        )
        guard count == 1 else { throw .notFound("Task \(id)") }
        recentTasks.remove(id)
    }

    /// Moves all tasks of a project into the trash.
    ///
    /// - Returns: How many there were.
    public func deleteTasks(
        of project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> Int64 {
        _ = try await setups.setup(of: project)
        let count = try await stored(await storage.trash.discardAll(of: project, by: user.id))
        recentTasks.removeAll()
        return count
    }

    /// Puts the config's field in place of the placeholder, where there is one.
    private func resolve(_ task: inout LabelingTask) async throws(ServiceError) {
        let setup = try await setups.setup(of: task.project)
        task.data = setup.resolved(task.data)
    }
}
