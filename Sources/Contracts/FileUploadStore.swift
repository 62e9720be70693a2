public import LabelModel

/// A file that someone uploaded; its bytes lie in the data directory.
public struct FileUpload: Hashable, Sendable, Identifiable {
    public var id: FileUploadID
    public var project: ProjectID
    public var user: UserID
    /// Path under the data directory's `upload` folder: `<project>/<8 hex>-<name>`.
    public var path: String
    public var byteCount: Int64
    public var createdAt: Timestamp

    public init(
        id: FileUploadID,
        project: ProjectID,
        user: UserID,
        path: String,
        byteCount: Int64,
        createdAt: Timestamp
    ) {
        self.id = id
        self.project = project
        self.user = user
        self.path = path
        self.byteCount = byteCount
        self.createdAt = createdAt
    }
}

/// Keeps what is known of uploaded files.
public protocol FileUploadStore: Sendable {
    func insert(path: String, byteCount: Int64, project: ProjectID, by user: UserID)
        async throws(StorageError) -> FileUpload

    func file(_ id: FileUploadID) async throws(StorageError) -> FileUpload?

    /// Files of a project by id.
    func files(of project: ProjectID) async throws(StorageError) -> [FileUpload]

    /// Names of the files with these ids; unknown ids are left out.
    func paths(_ ids: [FileUploadID]) async throws(StorageError) -> [FileUploadID: String]

    func delete(_ id: FileUploadID) async throws(StorageError)
}
