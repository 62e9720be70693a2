public import LabelModel

/// Which projects a list has, and in which order.
public struct ProjectQuery: Hashable, Sendable {
    public enum Pinned: String, Sendable {
        case all
        case only = "pinned_only"
        case excluded = "exclude_pinned"
    }

    public enum Order: String, CaseIterable, Sendable {
        case id, title
        case createdAt = "created_at"
        case taskNumber = "task_number"
        case finishedTaskNumber = "finished_task_number"
    }

    /// Looked for literally and without regard to case.
    public var titleContains = ""
    /// Nil for all.
    public var ids: [ProjectID]?
    public var pinned = Pinned.all
    /// Nil for both.
    public var isArchived: Bool?
    /// Nil for pinned ones first, then the newest first.
    public var order: Order?
    public var isDescending = false

    public init() {}
}
