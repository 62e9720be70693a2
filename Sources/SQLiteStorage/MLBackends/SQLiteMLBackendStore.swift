import Contracts
import LabelModel

struct SQLiteMLBackendStore: MLBackendStore {
    let engine: Engine

    private static let columns = """
        id, project_id, url, title, description, is_interactive, uses_basic_auth, user, password, \
        extra_parameters, timeout_seconds, updates_model_version, state, error, model_version, \
        created_at, updated_at
        """
    private static let insertion = SQLText(
        """
        INSERT INTO ml_backends(project_id, url, title, description, is_interactive,
            uses_basic_auth, user, password, extra_parameters, timeout_seconds,
            updates_model_version, state, error, model_version, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING \(columns)
        """
    )
    private static let byID = SQLText("SELECT \(columns) FROM ml_backends WHERE id = ?")
    private static let ofProject = SQLText(
        "SELECT \(columns) FROM ml_backends WHERE project_id = ? ORDER BY id"
    )
    private static let change = SQLText(
        """
        UPDATE ml_backends SET url = ?, title = ?, description = ?, is_interactive = ?,
            uses_basic_auth = ?, user = ?, password = ?, extra_parameters = ?,
            timeout_seconds = ?, updates_model_version = ?, state = ?, error = ?,
            model_version = ?, updated_at = ?
        WHERE id = ? RETURNING \(columns)
        """
    )
    private static let remove = SQLText("DELETE FROM ml_backends WHERE id = ?")

    func insert(
        _ settings: MLBackendSettings,
        _ condition: MLBackendCondition,
        into project: ProjectID
    ) async throws(StorageError) -> MLBackend {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard try connection.first(ProjectSQL.exists, project, read: { _ in true }) != nil
            else { throw .noProject(project) }
            let backend = try connection.first(
                Self.insertion,
                project,
                settings.url,
                settings.title,
                settings.description,
                settings.isInteractive,
                settings.usesBasicAuth,
                settings.user,
                settings.password,
                settings.extraParameters,
                settings.timeoutSeconds,
                settings.updatesModelVersion,
                condition.state.rawValue,
                condition.error,
                condition.modelVersion,
                transaction.now,
                transaction.now
            ) { MLBackend(&$0) }
            guard let backend else { throw .notReturned }
            return backend
        }
    }

    func backend(_ id: MLBackendID) async throws(StorageError) -> MLBackend? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(Self.byID, id) { MLBackend(&$0) }
        }
    }

    func backends(of project: ProjectID) async throws(StorageError) -> [MLBackend] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.ofProject, project) { MLBackend(&$0) }
        }
    }

    func update(
        _ id: MLBackendID,
        _ settings: MLBackendSettings,
        _ condition: MLBackendCondition
    ) async throws(StorageError) -> MLBackend {
        try await engine.write { (transaction) throws(StorageError) in
            let backend = try transaction.connection.first(
                Self.change,
                settings.url,
                settings.title,
                settings.description,
                settings.isInteractive,
                settings.usesBasicAuth,
                settings.user,
                settings.password,
                settings.extraParameters,
                settings.timeoutSeconds,
                settings.updatesModelVersion,
                condition.state.rawValue,
                condition.error,
                condition.modelVersion,
                transaction.now,
                id
            ) { MLBackend(&$0) }
            guard let backend else { throw .noBackend(id) }
            return backend
        }
    }

    func delete(_ id: MLBackendID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.remove, id)
            guard transaction.connection.changes == 1 else { throw .noBackend(id) }
        }
    }
}

extension MLBackend {
    fileprivate init(_ row: inout ColumnReader) {
        let id: MLBackendID = row.next()
        let project: ProjectID = row.next()
        var settings = MLBackendSettings(url: row.next())
        settings.title = row.next()
        settings.description = row.next()
        settings.isInteractive = row.next()
        settings.usesBasicAuth = row.next()
        settings.user = row.next()
        settings.password = row.next()
        settings.extraParameters = row.next()
        settings.timeoutSeconds = row.next()
        settings.updatesModelVersion = row.next()
        self.init(
            id: id,
            project: project,
            settings: settings,
            condition: MLBackendCondition(
                state: State(rawValue: row.next()) ?? .disconnected,
                error: row.next(),
                modelVersion: row.next()
            ),
            createdAt: row.next(),
            updatedAt: row.next()
        )
    }
}

extension StorageError {
    fileprivate static func noBackend(_ id: MLBackendID) -> StorageError {
        StorageError(.notFound, "There is no ML backend \(id).")
    }
}
