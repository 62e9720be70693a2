import Contracts
import LabelModel

struct SQLiteLabelStore: LabelStore {
    let engine: Engine

    private static let columns = """
        id, value, title, description, is_approved, created_by, approved_by, created_at, updated_at
        """
    private static let insertion = SQLText(
        """
        INSERT INTO labels(value, title, description, is_approved, created_by, approved_by,
            created_at, updated_at)
        VALUES (?1, ?2, ?3, ?4, ?5, iif(?4, ?5, NULL), ?6, ?6)
        ON CONFLICT(value, title) DO UPDATE SET value = value RETURNING \(columns)
        """
    )
    private static let byID = SQLText("SELECT \(columns) FROM labels WHERE id = ?")
    private static let page = SQLText(
        "SELECT \(columns) FROM labels ORDER BY id LIMIT ? OFFSET ?"
    )
    private static let count = SQLText("SELECT count(*) FROM labels")
    private static let change = SQLText(
        """
        UPDATE labels SET value = ?, title = ?, description = ?, is_approved = ?, approved_by = ?,
            updated_at = ?
        WHERE id = ?
        """
    )
    private static let remove = SQLText("DELETE FROM labels WHERE id = ?")
    private static let linksOfLabel = SQLText(
        """
        SELECT l.id, l.project_id FROM label_links l JOIN projects p ON p.id = l.project_id
        WHERE l.label_id = ? AND \(Project.isVisible) ORDER BY l.id
        """
    )

    func insert(
        _ labels: [NewSharedLabel],
        by user: UserID
    ) async throws(StorageError) -> [SharedLabel] {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            var ids: [SharedLabelID] = []
            for label in labels {
                let content = label.content
                let made = try connection.first(
                    Self.insertion,
                    content.value,
                    content.title,
                    content.description,
                    content.isApproved,
                    user,
                    transaction.now
                ) { SharedLabel(&$0) }
                guard let made else { continue }
                ids.append(made.id)
                _ = try Self.link(made.id, to: label.project, label.fromName, on: connection)
            }
            var made: [SharedLabel] = []
            for id in ids {
                if let label = try Self.label(id, on: connection) { made.append(label) }
            }
            return made
        }
    }

    func label(_ id: SharedLabelID) async throws(StorageError) -> SharedLabel? {
        try await engine.read { (connection) throws(StorageError) in
            try Self.label(id, on: connection)
        }
    }

    func labels(
        number: Int,
        size: Int
    ) async throws(StorageError) -> (labels: [SharedLabel], total: Int) {
        try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                let total: Int64 = try connection.first(Self.count, read: { $0.next() }) ?? 0
                let offset = (max(1, number) - 1) * size
                var labels = try connection.all(Self.page, size, offset) { SharedLabel(&$0) }
                for index in labels.indices { try Self.addLinks(&labels[index], on: connection) }
                return (labels, Int(total))
            }
        }
    }

    func update(
        _ id: SharedLabelID,
        _ content: SharedLabelContent,
        approver: UserID?
    ) async throws(StorageError) -> SharedLabel {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            try connection.run(
                Self.change,
                content.value,
                content.title,
                content.description,
                content.isApproved,
                approver,
                transaction.now,
                id
            )
            guard let label = try Self.label(id, on: connection) else { throw .noLabel(id) }
            return label
        }
    }

    func delete(_ id: SharedLabelID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.remove, id)
            guard transaction.connection.changes == 1 else { throw .noLabel(id) }
        }
    }

    static func label(
        _ id: SharedLabelID,
        on connection: Connection
    ) throws(StorageError) -> SharedLabel? {
        guard var label = try connection.first(byID, id, read: { SharedLabel(&$0) }) else {
            return nil
        }
        try addLinks(&label, on: connection)
        return label
    }

    private static func addLinks(
        _ label: inout SharedLabel,
        on connection: Connection
    ) throws(StorageError) {
        let found = try connection.all(linksOfLabel, label.id) { row in
            (link: row.next() as LabelLinkID, project: row.next() as ProjectID)
        }
        label.links = found.map(\.link)
        label.projects = found.map(\.project)
    }
}

extension SharedLabel {
    fileprivate init(_ row: inout ColumnReader) {
        let id: SharedLabelID = row.next()
        let content = SharedLabelContent(
            value: row.next(),
            title: row.next(),
            description: row.next(),
            isApproved: row.next()
        )
        self.init(
            id: id,
            content: content,
            createdBy: row.next(),
            approvedBy: row.next(),
            createdAt: row.next(),
            updatedAt: row.next(),
            links: [],
            projects: []
        )
    }
}

extension StorageError {
    static func noLabel(_ id: SharedLabelID) -> StorageError {
        StorageError(.notFound, "There is no label \(id).")
    }
}
