public import LabelModel

/// Names one deletion in the trash.
public struct TrashID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Something that was deleted and can be had back.
public struct TrashEntry: Hashable, Sendable, Identifiable {
    public enum Kind: String, Hashable, Sendable {
        case annotations, tasks, project
    }

    public var id: TrashID
    public var project: ProjectID
    public var projectTitle: String
    public var kind: Kind
    /// How many annotations or tasks are in it; 1 for a project.
    public var count: Int64
    /// The first of the annotations or tasks, to tell what it is about.
    public var firstItem: Int64
    /// Whose inner id: the first task, or that of the first annotation; nil for a project.
    public var innerID: Int64?
    public var by: UserID
    public var at: Timestamp

    public init(
        id: TrashID,
        project: ProjectID,
        projectTitle: String,
        kind: Kind,
        count: Int64,
        firstItem: Int64,
        innerID: Int64?,
        by: UserID,
        at: Timestamp
    ) {
        self.id = id
        self.project = project
        self.projectTitle = projectTitle
        self.kind = kind
        self.count = count
        self.firstItem = firstItem
        self.innerID = innerID
        self.by = by
        self.at = at
    }
}

/// Keeps what was deleted until it is wanted back or its time is over.
///
/// One deletion is one entry, whatever it took away. What lies in the trash is nowhere else to be
/// seen: not in lists, counters, queue and exports. Deleted annotations get their entry from the
/// ``AnnotationStore``.
public protocol TrashStore: Sendable {
    /// Moves those of these tasks that are in the project into the trash.
    ///
    /// `tasks`: At most 10 000 of them.
    /// `entry`: The entry of the same deletion, when it goes on; nil begins one.
    ///
    /// - Returns: How many there were, and the entry that has them, nil when there were none.
    func discard(
        _ tasks: [TaskID],
        of project: ProjectID,
        into entry: TrashID?,
        by user: UserID
    ) async throws(StorageError) -> (count: Int64, entry: TrashID?)

    /// Moves all tasks of a project into the trash.
    ///
    /// - Returns: How many there were.
    func discardAll(of project: ProjectID, by user: UserID) async throws(StorageError) -> Int64

    /// Moves a project with everything in it into the trash.
    ///
    /// - Throws: ``StorageError`` `notFound`.
    func discard(_ project: ProjectID, by user: UserID) async throws(StorageError)

    /// What was deleted in a project, newest first, at most `limit` before `id`.
    func entries(of project: ProjectID, before id: TrashID?, limit: Int)
        async throws(StorageError) -> [TrashEntry]

    /// Projects in the trash, newest first.
    func projects() async throws(StorageError) -> [TrashEntry]

    /// Who made a project, also one in the trash.
    func creator(of project: ProjectID) async throws(StorageError) -> UserID?

    func entry(_ id: TrashID) async throws(StorageError) -> TrashEntry?

    /// Brings back what an entry holds, with its ids and its history.
    ///
    /// - Returns: How much came back.
    /// - Throws: ``StorageError`` `notFound`; `invalid` when the task of an annotation is in the
    ///   trash itself.
    func restore(_ id: TrashID, by user: UserID) async throws(StorageError) -> Int64

    /// Deletes what an entry holds for good.
    ///
    /// - Throws: ``StorageError`` `notFound`.
    func purge(_ id: TrashID) async throws(StorageError)

    /// Entries from before a moment, oldest first, at most `limit`.
    func entries(before moment: Timestamp, limit: Int) async throws(StorageError) -> [TrashEntry]
}
