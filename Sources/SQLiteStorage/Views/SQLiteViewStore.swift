import Contracts
import LabelModel

struct SQLiteViewStore: ViewStore {
    let engine: Engine

    private static let columns = "id, project_id, user_id, position, data"
    private static let insertion = SQLText(
        """
        INSERT INTO views(project_id, user_id, position, data)
        VALUES (?1, ?2, (SELECT ifnull(max(position) + 1, 0) FROM views WHERE project_id = ?1), ?3)
        RETURNING \(columns)
        """
    )
    private static let byID = SQLText("SELECT \(columns) FROM views WHERE id = ?")
    static let ofProject = SQLText(
        "SELECT \(columns) FROM views WHERE project_id = ? ORDER BY position, id"
    )
    private static let all = SQLText(
        "SELECT \(columns) FROM views ORDER BY project_id, position, id"
    )
    private static let change = SQLText(
        "UPDATE views SET data = ? WHERE id = ? RETURNING \(columns)"
    )
    private static let place = SQLText(
        "UPDATE views SET position = ? WHERE id = ? AND project_id = ?"
    )
    private static let remove = SQLText("DELETE FROM views WHERE id = ?")
    private static let removeAll = SQLText("DELETE FROM views WHERE project_id = ?")

    func insert(
        _ data: RawJSON,
        into project: ProjectID,
        by user: UserID
    ) async throws(StorageError) -> TaskView {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard try connection.first(ProjectSQL.exists, project, read: { _ in true }) != nil
            else { throw .noProject(project) }
            let view = try connection.first(Self.insertion, project, user, data) { TaskView(&$0) }
            guard let view else { throw .noProject(project) }
            return view
        }
    }

    func view(_ id: ViewID) async throws(StorageError) -> TaskView? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(Self.byID, id) { TaskView(&$0) }
        }
    }

    func views(of project: ProjectID?) async throws(StorageError) -> [TaskView] {
        try await engine.read { (connection) throws(StorageError) in
            guard let project else { return try connection.all(Self.all) { TaskView(&$0) } }
            return try connection.all(Self.ofProject, project) { TaskView(&$0) }
        }
    }

    func update(_ id: ViewID, data: RawJSON) async throws(StorageError) -> TaskView {
        try await engine.write { (transaction) throws(StorageError) in
            guard
                let view = try transaction.connection.first(
                    Self.change,
                    data,
                    id,
                    read: { TaskView(&$0) }
                )
            else { throw .noView(id) }
            return view
        }
    }

    func order(_ ids: [ViewID], in project: ProjectID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let others = try connection.all(Self.ofProject, project) { TaskView(&$0) }
                .map(\.id).filter { !ids.contains($0) }
            for (position, id) in (ids + others).enumerated() {
                try connection.run(Self.place, position, id, project)
            }
        }
    }

    func delete(_ id: ViewID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.remove, id)
            guard transaction.connection.changes == 1 else { throw .noView(id) }
        }
    }

    func deleteAll(of project: ProjectID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.removeAll, project)
        }
    }
}

extension TaskView {
    init(_ row: inout ColumnReader) {
        self.init(
            id: row.next(),
            project: row.next(),
            user: row.next(),
            position: row.next(),
            data: row.next()
        )
    }
}

extension StorageError {
    fileprivate static func noView(_ id: ViewID) -> StorageError {
        StorageError(.notFound, "There is no view \(id).")
    }
}
