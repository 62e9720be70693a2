public import LabelModel

/// A task handed to one annotator for a while.
public struct TaskLease: Hashable, Sendable {
    public var task: LabelingTask
    /// What the user has drafted of it already, by id; read with the task, since each further read
    /// would cost as much as the first.
    public var drafts: [AnnotationDraft]
    /// Whose turn it is.
    public var user: UserID
    /// After this the task goes to whoever asks next.
    public var expiresAt: Timestamp
    /// Names the lease, a UUID; Label Studio's `unique_lock_id`.
    public var token: String
    /// Why this task: Label Studio's `queue` sentence.
    public var reason: String

    public init(
        task: LabelingTask,
        drafts: [AnnotationDraft],
        user: UserID,
        expiresAt: Timestamp,
        token: String,
        reason: String
    ) {
        self.task = task
        self.drafts = drafts
        self.user = user
        self.expiresAt = expiresAt
        self.token = token
        self.reason = reason
    }
}

/// Decides who labels what next.
///
/// A task has as many slots as its overlap; an annotation and a lease that has not expired take
/// one each. No slot is handed out twice, however many ask at once, on one node or many.
public protocol TaskQueue: Sendable {
    /// The next task for this user, or nil when there is none.
    ///
    /// 1. A task that the user holds a lease of already comes again, with the lease extended.
    /// 2. Then the first task with a free slot that the user has neither annotated nor skipped
    ///    (the project's skip rule decides about skipped ones), in the project's order.
    func next(for user: UserID, in project: ProjectID) async throws(StorageError) -> TaskLease?

    /// Extends a lease that the user holds.
    ///
    /// - Returns: When it now expires, or nil when the user holds none for this task.
    func extend(_ task: TaskID, for user: UserID) async throws(StorageError) -> Timestamp?

    /// Gives a task back, so that the next who asks may have it.
    func release(_ task: TaskID, for user: UserID) async throws(StorageError)
}
