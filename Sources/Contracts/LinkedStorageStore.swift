public import LabelModel

/// Names a linked storage.
public struct LinkedStorageID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// What people choose about a linked storage.
public struct LinkedStorageSettings: Hashable, Sendable {
    public enum Direction: String, Hashable, Sendable {
        /// Its objects become tasks.
        case imports = "import"
        /// Annotations become its objects.
        case exports = "export"
    }

    public enum Kind: String, Hashable, Sendable {
        case s3
        case localFiles = "localfiles"
    }

    public let direction: Direction
    public let kind: Kind
    public var title: String?
    public var description: String?
    /// Absolute path of the folder; for local files.
    public var path = ""
    public var bucket = ""
    /// What the keys of its objects begin with.
    public var prefix = ""
    /// nil for Amazon's own address.
    public var endpoint: String?
    public var region = ""
    public var accessKey = ""
    /// Never told.
    public var secretKey = ""
    public var sessionToken = ""
    public var encryptionKey = ""
    /// Only keys that match become tasks.
    public var keyPattern: String?
    /// Each object is a task that refers to it; otherwise objects hold tasks as JSON.
    public var usesObjectAddresses = false
    public var isRecursive = false
    public var isSynchronizable = true
    public var presigns = true
    public var presignMinutes: Int64 = 1
    /// Takes objects away whose annotations are deleted.
    public var deletesObjects = false

    public init(_ direction: Direction, _ kind: Kind) {
        self.direction = direction
        self.kind = kind
    }
}

/// How the last synchronization went.
public struct LinkedStorageSync: Hashable, Sendable {
    public enum Status: String, Hashable, Sendable {
        case initialized, queued, completed, failed
        case inProgress = "in_progress"
        case completedWithErrors = "completed_with_errors"
    }

    public var status: Status
    /// Why it failed.
    public var error: String?
    public var finishedAt: Timestamp?
    /// Tasks made, or annotations written.
    public var count: Int64?
    /// Objects that were known before.
    public var known: Int64
    public var begunAt: Timestamp?
    /// Attempts so far.
    public var attempts: Int64

    public init(
        status: Status = .initialized,
        error: String? = nil,
        finishedAt: Timestamp? = nil,
        count: Int64? = nil,
        known: Int64 = 0,
        begunAt: Timestamp? = nil,
        attempts: Int64 = 0
    ) {
        self.status = status
        self.error = error
        self.finishedAt = finishedAt
        self.count = count
        self.known = known
        self.begunAt = begunAt
        self.attempts = attempts
    }
}

/// A folder or a bucket that a project takes tasks from, or writes annotations to.
public struct LinkedStorage: Hashable, Sendable, Identifiable {
    public var id: LinkedStorageID
    public var project: ProjectID
    public var settings: LinkedStorageSettings
    public var sync: LinkedStorageSync
    public var createdAt: Timestamp

    public init(
        id: LinkedStorageID,
        project: ProjectID,
        settings: LinkedStorageSettings,
        sync: LinkedStorageSync,
        createdAt: Timestamp
    ) {
        self.id = id
        self.project = project
        self.settings = settings
        self.sync = sync
        self.createdAt = createdAt
    }
}

/// An object and the tasks that it holds.
public struct ObjectTasks: Hashable, Sendable {
    public var key: String
    public var tag: String
    public var tasks: [NewTask]

    public init(key: String, tag: String, tasks: [NewTask]) {
        self.key = key
        self.tag = tag
        self.tasks = tasks
    }
}

/// Keeps linked storages, and which of their objects have been dealt with.
public protocol LinkedStorageStore: Sendable {
    /// - Throws: ``StorageError`` `notFound` without the project.
    func insert(_ settings: LinkedStorageSettings, into project: ProjectID)
        async throws(StorageError) -> LinkedStorage

    func storage(_ id: LinkedStorageID) async throws(StorageError) -> LinkedStorage?

    /// Storages of a project by id.
    func storages(of project: ProjectID) async throws(StorageError) -> [LinkedStorage]

    /// - Throws: ``StorageError`` `notFound`.
    func update(_ id: LinkedStorageID, _ settings: LinkedStorageSettings)
        async throws(StorageError) -> LinkedStorage

    /// - Throws: ``StorageError`` `notFound`.
    func setSync(of id: LinkedStorageID, _ sync: LinkedStorageSync)
        async throws(StorageError) -> LinkedStorage

    /// Forgets a storage with what is known of its objects; tasks stay.
    ///
    /// - Throws: ``StorageError`` `notFound`.
    func delete(_ id: LinkedStorageID) async throws(StorageError)

    /// Tags of those of these objects that have been dealt with.
    func knownTags(_ keys: [String], of id: LinkedStorageID)
        async throws(StorageError) -> [String: String]

    /// Those of these texts that a regular expression matches from their beginning on.
    ///
    /// - Throws: ``StorageError`` `invalid` when it is none, or takes too long.
    func matching(_ pattern: String, _ texts: [String]) async throws(StorageError) -> [String]

    /// Stores tasks of objects and remembers the objects, all or none.
    ///
    /// `objects`: With at most 10 000 tasks.
    ///
    /// - Returns: How many tasks there were.
    func insert(_ objects: [ObjectTasks], from id: LinkedStorageID, by user: UserID)
        async throws(StorageError) -> Int64

    /// Remembers objects with their tags.
    func remember(_ tags: [String: String], of id: LinkedStorageID) async throws(StorageError)

    /// Keys of remembered objects after a key, in order.
    func keys(of id: LinkedStorageID, after key: String, limit: Int)
        async throws(StorageError) -> [String]

    func forget(_ keys: [String], of id: LinkedStorageID) async throws(StorageError)
}
