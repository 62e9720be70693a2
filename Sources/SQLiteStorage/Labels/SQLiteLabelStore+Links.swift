import Contracts
import LabelModel

extension SQLiteLabelStore {
    private static let columns = "id, project_id, label_id, from_name"
    private static let insertion = SQLText(
        """
        INSERT INTO label_links(project_id, label_id, from_name) VALUES (?, ?, ?)
        ON CONFLICT(project_id, label_id, from_name) DO UPDATE SET from_name = from_name
        RETURNING \(columns)
        """
    )
    /// Those of projects in the trash are not there.
    private static let isVisible = "project_id NOT IN (SELECT id FROM hidden_projects)"
    private static let byID = SQLText(
        "SELECT \(columns) FROM label_links WHERE id = ? AND \(isVisible)"
    )
    private static let page = SQLText(
        """
        SELECT \(columns) FROM label_links WHERE (?1 IS NULL OR project_id = ?1) AND \(isVisible)
        ORDER BY id LIMIT ?2 OFFSET ?3
        """
    )
    private static let count = SQLText(
        "SELECT count(*) FROM label_links WHERE (?1 IS NULL OR project_id = ?1) AND \(isVisible)"
    )
    private static let change = SQLText(
        """
        UPDATE label_links SET project_id = ?, label_id = ?, from_name = ? WHERE id = ?
        RETURNING \(columns)
        """
    )
    private static let remove = SQLText("DELETE FROM label_links WHERE id = ?")

    func link(
        _ label: SharedLabelID,
        to project: ProjectID,
        fromName: String
    ) async throws(StorageError) -> LabelLink {
        try await engine.write { (transaction) throws(StorageError) in
            try Self.link(label, to: project, fromName, on: transaction.connection)
        }
    }

    static func link(
        _ label: SharedLabelID,
        to project: ProjectID,
        _ fromName: String,
        on connection: Connection
    ) throws(StorageError) -> LabelLink {
        try requireEnds(label, project, on: connection)
        let link = try connection.first(insertion, project, label, fromName) { LabelLink(&$0) }
        guard let link else { throw .noLabel(label) }
        return link
    }

    func link(_ id: LabelLinkID) async throws(StorageError) -> LabelLink? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(Self.byID, id) { LabelLink(&$0) }
        }
    }

    func links(
        of project: ProjectID?,
        number: Int,
        size: Int
    ) async throws(StorageError) -> (links: [LabelLink], total: Int) {
        try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                let total: Int64 = try connection.first(Self.count, project) { $0.next() } ?? 0
                let offset = (max(1, number) - 1) * size
                let links = try connection.all(Self.page, project, size, offset) { LabelLink(&$0) }
                return (links, Int(total))
            }
        }
    }

    func update(_ link: LabelLink) async throws(StorageError) -> LabelLink {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            try Self.requireEnds(link.label, link.project, on: connection)
            let changed = try connection.first(
                Self.change,
                link.project,
                link.label,
                link.fromName,
                link.id
            ) { LabelLink(&$0) }
            guard let changed else { throw .noLink(link.id) }
            return changed
        }
    }

    func delete(_ id: LabelLinkID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.remove, id)
            guard transaction.connection.changes == 1 else { throw .noLink(id) }
        }
    }

    private static func requireEnds(
        _ label: SharedLabelID,
        _ project: ProjectID,
        on connection: Connection
    ) throws(StorageError) {
        guard try connection.first(ProjectSQL.exists, project, read: { _ in true }) != nil else {
            throw .noProject(project)
        }
        guard try Self.label(label, on: connection) != nil else { throw .noLabel(label) }
    }
}

extension LabelLink {
    fileprivate init(_ row: inout ColumnReader) {
        self.init(id: row.next(), project: row.next(), label: row.next(), fromName: row.next())
    }
}

extension StorageError {
    fileprivate static func noLink(_ id: LabelLinkID) -> StorageError {
        StorageError(.notFound, "There is no label link \(id).")
    }
}
