import Contracts
public import LabelModel
import LabelingConfig
import ValueTree

/// Drafts belong to one user; nobody else sees them. Their results may be incomplete, so only their
/// form is checked.
extension Labeling {
    /// Stores a draft of the user's; the one that they had of the same task and annotation is
    /// replaced.
    ///
    /// - `body`: JSON object: `result`, `lead_time`, `was_postponed`.
    public func saveDraft(
        on task: TaskID,
        annotation: AnnotationID?,
        body: [UInt8],
        by user: User
    ) async throws(ServiceError) -> AnnotationDraft {
        let drafted = try await answeredTask(task)
        let fields = BodyFields(try JSONText.parseObject(body))
        guard let result = fields.value("result") else { throw fields.missing("result") }
        try await checkForm(result, in: drafted.project)
        let leadTime = try fields.number("lead_time") ?? 0
        let wasPostponed = try fields.bool("was_postponed") ?? false
        return try await stored(
            await storage.drafts.save(
                result: RawJSON(checked: result.rawBytes),
                leadTime: max(leadTime, 0),
                wasPostponed: wasPostponed,
                on: task,
                annotation: annotation,
                by: user.id
            )
        )
    }

    public func draft(_ id: DraftID, by user: User) async throws(ServiceError) -> AnnotationDraft {
        guard let draft = try await stored(await storage.drafts.draft(id)), draft.user == user.id
        else { throw .notFound("Draft \(id)") }
        return draft
    }

    /// The user's own drafts of a task by id.
    public func drafts(
        of task: TaskID,
        by user: User
    ) async throws(ServiceError) -> [AnnotationDraft] {
        try await stored(await storage.drafts.drafts(of: task, by: user.id))
    }

    /// The user's own drafts of these tasks.
    public func drafts(
        of tasks: [TaskID],
        by user: User
    ) async throws(ServiceError) -> [TaskID: [AnnotationDraft]] {
        try await stored(await storage.drafts.drafts(of: tasks, by: user.id))
    }

    /// Changes a draft.
    ///
    /// - `body`: JSON object with the members to change.
    public func update(
        _ id: DraftID,
        body: [UInt8],
        by user: User
    ) async throws(ServiceError) -> AnnotationDraft {
        let current = try await draft(id, by: user)
        let fields = BodyFields(try JSONText.parseObject(body))
        let result = fields.value("result")
        if let result { try await checkForm(result, in: current.project) }
        let leadTime = try fields.number("lead_time")
        let wasPostponed = try fields.bool("was_postponed")
        return try await stored(
            await storage.drafts.update(
                id,
                result: result.map { RawJSON(checked: $0.rawBytes) },
                leadTime: leadTime,
                wasPostponed: wasPostponed
            )
        )
    }

    public func delete(_ id: DraftID, by user: User) async throws(ServiceError) {
        _ = try await draft(id, by: user)
        try await stored(await storage.drafts.delete(id))
    }

    private func checkForm(
        _ result: JSONText,
        in project: ProjectID
    ) async throws(ServiceError) {
        let setup = try await setups.setup(of: project)
        let report = setup.resultChecker.check(result: result, taskData: nil, mode: .draft)
        guard report.isAcceptable else { throw ServiceError(report.problems, at: "/result") }
    }
}
