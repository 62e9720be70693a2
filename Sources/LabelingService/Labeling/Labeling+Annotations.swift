public import Contracts
public import LabelModel
import LabelingConfig
import ValueTree

extension Labeling {
    /// Stores a user's answer to a task.
    ///
    /// Idempotent by the body's `unique_id`.
    ///
    /// - `body`: JSON object: `result`, and as far as wanted `lead_time`, `was_cancelled`,
    ///   `ground_truth`, `completed_by`, `parent_prediction`, `parent_annotation`, `draft_id`,
    ///   `unique_id`.
    /// - `wasCancelled`: Overrides the body's.
    public func annotate(
        _ task: TaskID,
        body: [UInt8],
        wasCancelled: Bool? = nil,
        by user: User
    ) async throws(ServiceError) -> AnnotationInsertion {
        let answered = try await answeredTask(task)
        let setup = try await setups.setup(of: answered.project)
        let fields = BodyFields(try JSONText.parseObject(body))
        var annotation = try AnnotationFields(fields).newAnnotation(wasCancelled: wasCancelled)
        guard answered.allowSkip || !annotation.wasCancelled else {
            throw ServiceError(
                .invalid,
                "task_cannot_be_skipped",
                "This task cannot be skipped.",
                field: "was_cancelled"
            )
        }
        if let result = fields.value("result") {
            let normalized = try await check(
                result,
                of: answered,
                isCancelled: annotation.wasCancelled,
                setup,
                at: "/result"
            )
            if let normalized { annotation.result = normalized }
        } else if !annotation.wasCancelled {
            throw fields.missing("result")
        }
        try await checkAnnotator(annotation.completedBy, user)
        annotation.lastAction = annotation.wasCancelled ? "skipped" : "submitted"
        do {
            return try await storage.annotations.insert(annotation, on: task, by: user.id)
        } catch {
            if error.code == .notFound { recentTasks.remove(task) }
            var failure = ServiceError(error)
            if error.code == .duplicate {
                failure.code = "duplicate_unique_id"
                failure.field = "unique_id"
                failure.hint = "Make a new UUID for each annotation."
            }
            throw failure
        }
    }

    /// Changes an annotation.
    ///
    /// - `body`: JSON object with the members to change: `result`, `was_cancelled`, `ground_truth`,
    ///   `lead_time`.
    /// - `expectedRevision`: The revision that the client read; nil overwrites what is there.
    public func update(
        _ id: AnnotationID,
        body: [UInt8],
        expectedRevision: Int64?,
        by user: User
    ) async throws(ServiceError) -> Annotation {
        let current = try await annotation(id)
        let fields = BodyFields(try JSONText.parseObject(body))
        var changes = try AnnotationFields(fields).changes()
        if let result = fields.value("result") {
            let task = try await answeredTask(current.task)
            let normalized = try await check(
                result,
                of: task,
                isCancelled: changes.wasCancelled ?? current.wasCancelled,
                try await setups.setup(of: current.project),
                at: "/result"
            )
            if let normalized { changes.result = normalized }
        }
        return try await stored(
            await storage.annotations.update(
                id,
                changes,
                by: user.id,
                expected: expectedRevision
            )
        )
    }

    public func annotation(_ id: AnnotationID) async throws(ServiceError) -> Annotation {
        guard let annotation = try await stored(await storage.annotations.annotation(id)) else {
            throw .notFound("Annotation \(id)")
        }
        return annotation
    }

    /// All annotations of a task by id, cancelled ones too.
    public func annotations(of task: TaskID) async throws(ServiceError) -> [Annotation] {
        _ = try await self.task(task)
        return try await stored(await storage.annotations.annotations(of: task))
    }

    public func annotations(
        of tasks: [TaskID]
    ) async throws(ServiceError) -> [TaskID: [Annotation]] {
        try await stored(await storage.annotations.annotations(of: tasks))
    }

    /// Moves an annotation into the trash; its history stays.
    public func delete(_ id: AnnotationID, by user: User) async throws(ServiceError) {
        try await stored(await storage.annotations.delete(id, by: user.id))
    }

    /// All states of an annotation, the first one first; also of a deleted one.
    public func history(of id: AnnotationID) async throws(ServiceError) -> [AnnotationVersion] {
        let versions = try await stored(await storage.annotations.history(of: id))
        guard !versions.isEmpty else { throw .notFound("Annotation \(id)") }
        return versions
    }

    /// Turns an annotation back into a draft of the user's; the annotation is deleted.
    public func convertToDraft(
        _ id: AnnotationID,
        by user: User
    ) async throws(ServiceError) -> AnnotationDraft {
        let annotation = try await annotation(id)
        let draft = try await stored(
            await storage.drafts.save(
                result: annotation.result,
                leadTime: annotation.leadTime ?? 0,
                wasPostponed: false,
                on: annotation.task,
                annotation: nil,
                by: user.id
            )
        )
        try await stored(await storage.annotations.delete(id, by: user.id))
        return draft
    }

    // MARK: Checks

    /// Holds an answer against the labeling config.
    ///
    /// A skipped task may keep what was begun.
    ///
    /// - Returns: What to store instead when a plugin's tag completed its results.
    private func check(
        _ result: JSONText,
        of task: LabelingTask,
        isCancelled: Bool,
        _ setup: ProjectSetup,
        at pointer: String
    ) async throws(ServiceError) -> RawJSON? {
        let data = setup.resolved(task.data)
        let report = await setup.resultChecker.checkFully(
            result: result,
            taskData: data,
            mode: isCancelled ? .draft : .submission
        )
        guard report.isAcceptable else { throw ServiceError(report.problems, at: pointer) }
        if result.count == 0, !isCancelled, !setup.project.settings.enableEmptyAnnotation {
            throw ServiceError(
                .invalid,
                "result_empty",
                "This project does not take empty annotations.",
                hint: "Mark something, or skip the task.",
                at: .pointer(pointer),
                field: "result"
            )
        }
        return report.normalizedResult
    }

    private func checkAnnotator(_ id: UserID?, _ user: User) async throws(ServiceError) {
        guard let id, id != user.id else { return }
        guard try await stored(await storage.users.user(id)) != nil else {
            throw .invalidField("completed_by", "There is no user \(id).")
        }
    }
}
