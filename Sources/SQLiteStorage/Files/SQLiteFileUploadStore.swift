import Contracts
import LabelModel

struct SQLiteFileUploadStore: FileUploadStore {
    let engine: Engine

    private static let columns = "id, project_id, user_id, path, byte_count, created_at"
    private static let insertion = SQLText(
        """
        INSERT INTO file_uploads(project_id, user_id, path, byte_count, created_at)
        VALUES (?, ?, ?, ?, ?)
        """
    )
    private static let byID = SQLText("SELECT \(columns) FROM file_uploads WHERE id = ?")
    private static let ofProject = SQLText(
        "SELECT \(columns) FROM file_uploads WHERE project_id = ? ORDER BY id"
    )
    private static let path = SQLText("SELECT path FROM file_uploads WHERE id = ?")
    private static let remove = SQLText("DELETE FROM file_uploads WHERE id = ?")

    func insert(
        path: String,
        byteCount: Int64,
        project: ProjectID,
        by user: UserID
    ) async throws(StorageError) -> FileUpload {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard try connection.first(ProjectSQL.exists, project, read: { _ in true }) != nil
            else { throw .noProject(project) }
            try connection.run(
                Self.insertion,
                project,
                user,
                path,
                byteCount,
                transaction.now
            )
            return FileUpload(
                id: FileUploadID(connection.lastInsertedID),
                project: project,
                user: user,
                path: path,
                byteCount: byteCount,
                createdAt: transaction.now
            )
        }
    }

    func file(_ id: FileUploadID) async throws(StorageError) -> FileUpload? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(Self.byID, id) { FileUpload(&$0) }
        }
    }

    func files(of project: ProjectID) async throws(StorageError) -> [FileUpload] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.ofProject, project) { FileUpload(&$0) }
        }
    }

    func paths(
        _ ids: [FileUploadID]
    ) async throws(StorageError) -> [FileUploadID: String] {
        try await engine.read { (connection) throws(StorageError) in
            var paths: [FileUploadID: String] = [:]
            for id in ids where paths[id] == nil {
                paths[id] = try connection.first(Self.path, id) { $0.next() as String }
            }
            return paths
        }
    }

    func delete(_ id: FileUploadID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.remove, id)
            guard transaction.connection.changes == 1 else {
                throw StorageError(.notFound, "There is no uploaded file \(id).")
            }
        }
    }
}

extension FileUpload {
    fileprivate init(_ row: inout ColumnReader) {
        self.init(
            id: row.next(),
            project: row.next(),
            user: row.next(),
            path: row.next(),
            byteCount: row.next(),
            createdAt: row.next()
        )
    }
}
