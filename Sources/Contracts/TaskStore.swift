public import LabelModel

/// A task that is not stored yet, with what its file said of it.
public struct NewTask: Hashable, Sendable {
    public var data: RawJSON
    public var meta: RawJSON?
    public var allowSkip = true
    public var overlap: Int64?
    public var annotations: [NewAnnotation]
    public var predictions: [NewPrediction]

    public init(
        data: RawJSON,
        meta: RawJSON? = nil,
        annotations: [NewAnnotation] = [],
        predictions: [NewPrediction] = []
    ) {
        self.data = data
        self.meta = meta
        self.annotations = annotations
        self.predictions = predictions
    }
}

/// What may be changed about a task; nil leaves it as it is.
public struct TaskChanges: Hashable, Sendable {
    public var data: RawJSON?
    public var meta: RawJSON?
    public var overlap: Int64?
    public var allowSkip: Bool?

    public init() {}
}

/// What an import came to.
public struct ImportCounts: Hashable, Sendable {
    public var tasks: Int64 = 0
    public var annotations: Int64 = 0
    public var predictions: Int64 = 0

    public init() {}
}

/// Names one import from its begin to its end.
public struct ImportID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// A task with all that was said of it, as exports need it.
public struct TaskRecord: Hashable, Sendable {
    public var task: LabelingTask
    /// By id, cancelled ones too.
    public var annotations: [Annotation]
    public var drafts: [AnnotationDraft]
    public var predictions: [PredictionID]

    public init(
        task: LabelingTask,
        annotations: [Annotation] = [],
        drafts: [AnnotationDraft] = [],
        predictions: [PredictionID] = []
    ) {
        self.task = task
        self.annotations = annotations
        self.drafts = drafts
        self.predictions = predictions
    }
}

/// Which tasks a cursor goes through.
public struct TaskSelection: Hashable, Sendable {
    public var project: ProjectID
    /// Leaves out tasks that nobody has annotated or skipped.
    public var onlyAnnotated: Bool
    /// Only these, when not nil.
    public var ids: [TaskID]?

    public init(project: ProjectID, onlyAnnotated: Bool, ids: [TaskID]? = nil) {
        self.project = project
        self.onlyAnnotated = onlyAnnotated
        self.ids = ids
    }
}

/// Keeps tasks.
public protocol TaskStore: Sendable {
    /// Stores tasks with their annotations and predictions, in order, all or none.
    ///
    /// `tasks`: At most 10 000 of them.
    ///
    /// - Returns: The new ids, in the same order.
    func insert(
        _ tasks: [NewTask],
        into project: ProjectID,
        by user: UserID,
        file: FileUploadID?
    ) async throws(StorageError) -> [TaskID]

    /// Begins an import that is too large for one transaction.
    ///
    /// Its tasks stay invisible to everyone until ``commitImport(_:)``; other writes go on
    /// meanwhile. One that was never committed is undone at the next start.
    func beginImport(into project: ProjectID, by user: UserID) async throws(StorageError)
        -> ImportID

    /// Adds tasks to an import that was begun, in order. At most 10 000 a call.
    func append(_ tasks: [NewTask], to id: ImportID, file: FileUploadID?)
        async throws(StorageError) -> [TaskID]

    /// Makes all tasks of an import visible at once.
    func commitImport(_ id: ImportID) async throws(StorageError) -> ImportCounts

    /// Takes back everything that an import added.
    func rollBackImport(_ id: ImportID) async throws(StorageError)

    func task(_ id: TaskID) async throws(StorageError) -> LabelingTask?

    /// A page of a project's tasks by ascending id, found without counting or skipping rows.
    ///
    /// `number`: From 1.
    func page(of project: ProjectID, number: Int, size: Int)
        async throws(StorageError) -> [LabelingTask]

    /// A page of tasks by descending id.
    func newestFirst(of project: ProjectID, number: Int, size: Int)
        async throws(StorageError) -> [LabelingTask]

    /// The ids of users who annotated or skipped each of these tasks, ascending.
    func annotators(of tasks: [TaskID]) async throws(StorageError) -> [TaskID: [UserID]]

    /// - Throws: ``StorageError`` `notFound`.
    func update(_ id: TaskID, _ changes: TaskChanges, by user: UserID)
        async throws(StorageError) -> LabelingTask

    /// Deletes a task with all that was said of it.
    func delete(_ id: TaskID) async throws(StorageError)

    /// Deletes all tasks of a project.
    ///
    /// - Returns: How many there were.
    func deleteAll(of project: ProjectID) async throws(StorageError) -> Int64

    /// A page of the tasks that a query finds, with counts over all pages.
    ///
    /// `number`: From 1. A page past the end is empty.
    ///
    /// - Throws: ``StorageError`` `invalid` when a regular expression is none, or takes too long.
    func page(_ query: TaskQuery, of project: ProjectID, number: Int, size: Int)
        async throws(StorageError) -> TaskMatches

    /// Ids of the tasks that a query finds, ascending whatever its order, at most `limit` after
    /// `id`.
    ///
    /// - Throws: ``StorageError`` `invalid` as ``page(_:of:number:size:)``.
    func ids(_ query: TaskQuery, of project: ProjectID, after id: TaskID?, limit: Int)
        async throws(StorageError) -> [TaskID]

    /// Deletes those of these tasks that are in the project.
    ///
    /// `tasks`: At most 10 000 of them.
    ///
    /// - Returns: How many there were.
    func delete(_ tasks: [TaskID], of project: ProjectID) async throws(StorageError) -> Int64

    /// Names of the fields of the data of a project's newest tasks, in order of appearance.
    ///
    /// `limit`: How many tasks are looked at.
    func dataFields(of project: ProjectID, limit: Int) async throws(StorageError) -> [String]

    /// Starts a walk through tasks by ascending id, in memory that does not grow with the project.
    func records(_ selection: TaskSelection) async throws(StorageError) -> any TaskRecordCursor
}

/// A walk through tasks.
///
/// Used by one caller at a time.
public protocol TaskRecordCursor: Sendable {
    /// The next tasks, at most `limit`; empty at the end.
    func next(_ limit: Int) async throws(StorageError) -> [TaskRecord]
}
