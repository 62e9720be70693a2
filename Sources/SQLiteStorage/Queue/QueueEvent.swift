import LabelModel

/// A committed change that the queue must know of.
enum QueueEvent: Sendable {
    /// Who has answered a task now.
    struct Answer: Sendable {
        let project: ProjectID
        let task: TaskID
        let overlap: Int64
        /// Users with an annotation that is not cancelled.
        let answered: [UserID]
        /// Users who skipped it and did no more.
        let skipped: [UserID]
        let isLabeled: Bool
        /// True when it was labeled and has become open again.
        let isReopened: Bool
        /// Whose lease of the task is over, or nil.
        let freed: UserID?
    }

    case answered(Answer)
    case removed(ProjectID, [TaskID])
    /// The overlap, the skip rule or the order has changed.
    case rulesChanged(ProjectID)
    /// The project is gone.
    case closed(ProjectID)
}
