public import LabelModel

/// An annotation that is not stored yet.
public struct NewAnnotation: Hashable, Sendable {
    /// A UUID in lower case; the store makes one when nil.
    public var uniqueID: String?
    public var completedBy: UserID?
    public var result: RawJSON
    public var resultCount: Int64
    public var wasCancelled = false
    public var groundTruth = false
    public var leadTime: Double?
    public var importID: Int64?
    public var lastAction: String?
    public var parentPrediction: PredictionID?
    public var parentAnnotation: AnnotationID?
    /// The draft that this submits: deleted in the same transaction, and its beginning kept.
    public var draft: DraftID?

    public init(result: RawJSON, resultCount: Int64) {
        self.result = result
        self.resultCount = resultCount
    }
}

/// What may be changed about an annotation; nil leaves it as it is.
public struct AnnotationChanges: Hashable, Sendable {
    public var result: RawJSON?
    /// Number of elements of `result`; read only when `result` is not nil.
    public var resultCount: Int64 = 0
    public var wasCancelled: Bool?
    /// True clears it on the task's other annotations.
    public var groundTruth: Bool?
    public var leadTime: Double?
    public var lastAction: String?

    public init() {}
}

/// One earlier state of an annotation.
public struct AnnotationVersion: Hashable, Sendable {
    /// What made this state.
    public enum Action: String, Hashable, Sendable {
        case created, updated, deleted, restored
    }

    public var annotation: Annotation
    public var action: Action
    public var by: UserID
    public var at: Timestamp

    public init(annotation: Annotation, action: Action, by: UserID, at: Timestamp) {
        self.annotation = annotation
        self.action = action
        self.by = by
        self.at = at
    }
}

/// What storing an annotation came to.
public enum AnnotationInsertion: Hashable, Sendable {
    case stored(Annotation)
    /// The same user had already stored an annotation with this unique id on this task.
    case alreadyStored(Annotation)

    public var annotation: Annotation {
        switch self {
        case .stored(let annotation), .alreadyStored(let annotation): annotation
        }
    }
}

/// How much a user did in a project.
public struct Contribution: Hashable, Sendable {
    public var user: UserID
    public var project: ProjectID
    /// Skips too.
    public var annotations: Int64

    public init(user: UserID, project: ProjectID, annotations: Int64) {
        self.user = user
        self.project = project
        self.annotations = annotations
    }
}

/// Keeps annotations and every state that they were in.
public protocol AnnotationStore: Sendable {
    /// Stores an annotation, frees the user's lease of the task, and counts.
    ///
    /// Idempotent by `uniqueID`: a repeated call returns the first annotation.
    ///
    /// - Throws: ``StorageError`` `notFound` without the task; `duplicate` when the unique id
    ///   belongs to another user's or another task's annotation.
    func insert(_ annotation: NewAnnotation, on task: TaskID, by user: UserID)
        async throws(StorageError) -> AnnotationInsertion

    func annotation(_ id: AnnotationID) async throws(StorageError) -> Annotation?

    /// All annotations of a task by id, cancelled ones too.
    func annotations(of task: TaskID) async throws(StorageError) -> [Annotation]

    /// All annotations of these tasks by id.
    func annotations(of tasks: [TaskID]) async throws(StorageError) -> [TaskID: [Annotation]]

    /// `expected`: The revision that the caller read; nil overwrites whatever is there.
    ///
    /// - Throws: ``StorageError`` `notFound`; `staleRevision` when `expected` is not the present
    ///   one.
    func update(
        _ id: AnnotationID,
        _ changes: AnnotationChanges,
        by user: UserID,
        expected: Int64?
    ) async throws(StorageError) -> Annotation

    /// Deletes an annotation; its history stays.
    func delete(_ id: AnnotationID, by user: UserID) async throws(StorageError)

    /// Stores annotations of many tasks, in order, all or none.
    ///
    /// `entries`: At most 10 000 of them.
    ///
    /// - Throws: ``StorageError`` `notFound` without one of the tasks; `duplicate`.
    func insert(_ entries: [(task: TaskID, annotation: NewAnnotation)], by user: UserID)
        async throws(StorageError) -> [Annotation]

    /// Deletes annotations of these tasks, or only one annotator's, with their drafts; their
    /// history stays.
    ///
    /// - Returns: How many annotations there were.
    func deleteAll(of tasks: [TaskID], of annotator: UserID?, by user: UserID)
        async throws(StorageError) -> Int64

    /// Moves annotations and predictions of one task to another of the same project.
    func move(from: TaskID, to: TaskID, by user: UserID) async throws(StorageError)

    /// Who annotated or skipped how much, by user, then project; in one project or in all.
    ///
    /// Counts when it is asked, so not for what many people open.
    func contributions(in project: ProjectID?) async throws(StorageError) -> [Contribution]

    /// All states of an annotation, the first one first; also of a deleted one.
    func history(of id: AnnotationID) async throws(StorageError) -> [AnnotationVersion]
}

/// Keeps drafts.
public protocol DraftStore: Sendable {
    /// Stores a draft; a user has at most one for each task and annotation, so a second one
    /// replaces the first and keeps its id.
    func save(
        result: RawJSON,
        leadTime: Double,
        wasPostponed: Bool,
        on task: TaskID,
        annotation: AnnotationID?,
        by user: UserID
    ) async throws(StorageError) -> AnnotationDraft

    func draft(_ id: DraftID) async throws(StorageError) -> AnnotationDraft?

    /// - Throws: ``StorageError`` `notFound`.
    func update(
        _ id: DraftID,
        result: RawJSON?,
        leadTime: Double?,
        wasPostponed: Bool?
    ) async throws(StorageError) -> AnnotationDraft

    /// Puts a result in the place of another, which is not there any more when the draft was saved
    /// meanwhile.
    ///
    /// - Returns: False when the draft is gone or holds something else than `old`.
    func replaceResult(of id: DraftID, _ old: RawJSON, with new: RawJSON)
        async throws(StorageError) -> Bool

    func delete(_ id: DraftID) async throws(StorageError)

    /// Drafts of these tasks by id, of one user.
    func drafts(of tasks: [TaskID], by user: UserID)
        async throws(StorageError) -> [TaskID: [AnnotationDraft]]

    /// Drafts of a task by id, of one user or of all.
    func drafts(of task: TaskID, by user: UserID?) async throws(StorageError) -> [AnnotationDraft]
}
