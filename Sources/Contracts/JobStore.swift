public import LabelModel

/// Names a job.
public struct JobID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Work that goes on after the request that asked for it, also over a restart.
public struct Job: Hashable, Sendable, Identifiable {
    public enum State: Hashable, Sendable {
        case created
        case running(since: Timestamp)
        /// With a JSON object that says what came of it.
        case completed(at: Timestamp, result: RawJSON)
        /// With a sentence that says why.
        case failed(at: Timestamp, reason: String)
    }

    public var id: JobID
    public var project: ProjectID
    /// What is to be done, such as `snapshot`.
    public var kind: String
    /// The job whose result this one works on.
    public var parent: JobID?
    public var user: UserID
    public var title: String
    /// JSON object: how it is to be done.
    public var parameters: RawJSON
    public var createdAt: Timestamp
    /// How much is done, in the job's own units.
    public var progress: Int64
    public var state: State

    public init(
        id: JobID,
        project: ProjectID,
        kind: String,
        parent: JobID?,
        user: UserID,
        title: String,
        parameters: RawJSON,
        createdAt: Timestamp,
        progress: Int64 = 0,
        state: State = .created
    ) {
        self.id = id
        self.project = project
        self.kind = kind
        self.parent = parent
        self.user = user
        self.title = title
        self.parameters = parameters
        self.createdAt = createdAt
        self.progress = progress
        self.state = state
    }
}

/// Keeps jobs.
///
///   1. ``insert(_:in:parent:by:title:parameters:)`` makes one, `created`.
///   2. ``start(_:)`` makes it this process's: `running`.
///   3. ``setProgress(of:to:)`` now and then; false tells that it was deleted meanwhile.
///   4. ``complete(_:result:)`` or ``fail(_:reason:)`` once.
public protocol JobStore: Sendable {
    /// - Throws: ``StorageError`` `notFound` without the project.
    func insert(
        _ kind: String,
        in project: ProjectID,
        parent: JobID?,
        by user: UserID,
        title: String,
        parameters: RawJSON
    ) async throws(StorageError) -> Job

    func job(_ id: JobID) async throws(StorageError) -> Job?

    /// Jobs of a kind in a project, the newest first.
    func jobs(_ kind: String, in project: ProjectID, limit: Int)
        async throws(StorageError) -> [Job]

    /// Jobs that work on the result of another, the oldest first.
    func jobs(of parent: JobID) async throws(StorageError) -> [Job]

    /// Jobs that nobody works on: created, or running in a process that is gone; the oldest first.
    func waiting() async throws(StorageError) -> [Job]

    /// Makes a waiting job this process's.
    ///
    /// - Returns: False when it is not waiting.
    func start(_ id: JobID) async throws(StorageError) -> Bool

    /// - Returns: False when the job is gone or not this process's.
    func setProgress(of id: JobID, to progress: Int64) async throws(StorageError) -> Bool

    func complete(_ id: JobID, result: RawJSON) async throws(StorageError)

    func fail(_ id: JobID, reason: String) async throws(StorageError)

    /// Deletes a job and those that work on its result, running ones too.
    ///
    /// - Throws: ``StorageError`` `notFound`.
    func delete(_ id: JobID) async throws(StorageError)
}
