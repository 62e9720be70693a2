public import LabelModel

/// A tab of the data manager: which tasks it shows, in which order, and how.
public struct TaskView: Hashable, Sendable, Identifiable {
    public var id: ViewID
    public var project: ProjectID
    public var user: UserID
    /// Place among the project's views, from 0.
    public var position: Int64
    /// JSON object: `title`, `filters`, `ordering`, `selectedItems`, and what clients keep there.
    public var data: RawJSON

    public init(id: ViewID, project: ProjectID, user: UserID, position: Int64, data: RawJSON) {
        self.id = id
        self.project = project
        self.user = user
        self.position = position
        self.data = data
    }
}

/// Names a view.
public struct ViewID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Keeps views of the data manager.
public protocol ViewStore: Sendable {
    /// Adds a view behind the project's other ones.
    ///
    /// - Throws: ``StorageError`` `notFound` without the project.
    func insert(_ data: RawJSON, into project: ProjectID, by user: UserID)
        async throws(StorageError) -> TaskView

    func view(_ id: ViewID) async throws(StorageError) -> TaskView?

    /// Views by position, then id; nil lists those of all projects.
    func views(of project: ProjectID?) async throws(StorageError) -> [TaskView]

    /// - Throws: ``StorageError`` `notFound`.
    func update(_ id: ViewID, data: RawJSON) async throws(StorageError) -> TaskView

    /// Puts these views first, in this order; ids of other projects are passed over.
    func order(_ ids: [ViewID], in project: ProjectID) async throws(StorageError)

    /// - Throws: ``StorageError`` `notFound`.
    func delete(_ id: ViewID) async throws(StorageError)

    func deleteAll(of project: ProjectID) async throws(StorageError)
}
