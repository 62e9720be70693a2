import Contracts
import LabelModel

struct SQLiteWebhookStore: WebhookStore {
    let engine: Engine

    private static let insertion = SQLText(
        """
        INSERT INTO webhooks(project_id, url, sends_payload, sends_all_actions, headers, is_active,
            actions, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING \(WebhookSQL.columns)
        """
    )
    private static let byID = SQLText("SELECT \(WebhookSQL.columns) FROM webhooks WHERE id = ?")
    private static let everyone = SQLText("SELECT \(WebhookSQL.columns) FROM webhooks ORDER BY id")
    private static let ofOrganization = SQLText(
        "SELECT \(WebhookSQL.columns) FROM webhooks WHERE project_id IS NULL ORDER BY id"
    )
    private static let ofProject = SQLText(
        "SELECT \(WebhookSQL.columns) FROM webhooks WHERE project_id = ? ORDER BY id"
    )
    private static let change = SQLText(
        """
        UPDATE webhooks SET url = ?, sends_payload = ?, sends_all_actions = ?, headers = ?,
            is_active = ?, actions = ?, updated_at = ?
        WHERE id = ? RETURNING \(WebhookSQL.columns)
        """
    )
    private static let remove = SQLText("DELETE FROM webhooks WHERE id = ?")

    func insert(
        _ settings: WebhookSettings,
        project: ProjectID?
    ) async throws(StorageError) -> Webhook {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            if let project {
                guard try connection.first(ProjectSQL.exists, project, read: { _ in true }) != nil
                else { throw .noProject(project) }
            }
            let webhook = try connection.first(
                Self.insertion,
                project,
                settings.url,
                settings.sendsPayload,
                settings.sendsAllActions,
                WebhookSQL.text(settings.headers),
                settings.isActive,
                WebhookSQL.text(settings.actions),
                transaction.now,
                transaction.now
            ) { Webhook(&$0) }
            guard let webhook else { throw .notReturned }
            return webhook
        }
    }

    func webhook(_ id: WebhookID) async throws(StorageError) -> Webhook? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(Self.byID, id) { Webhook(&$0) }
        }
    }

    func webhooks(_ scope: WebhookScope) async throws(StorageError) -> [Webhook] {
        try await engine.read { (connection) throws(StorageError) in
            switch scope {
            case .all: try connection.all(Self.everyone) { Webhook(&$0) }
            case .organization: try connection.all(Self.ofOrganization) { Webhook(&$0) }
            case .project(let id): try connection.all(Self.ofProject, id) { Webhook(&$0) }
            }
        }
    }

    func update(
        _ id: WebhookID,
        _ change: @escaping @Sendable (inout WebhookSettings) -> Void
    ) async throws(StorageError) -> Webhook {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard let old = try connection.first(Self.byID, id, read: { Webhook(&$0) }) else {
                throw .noWebhook(id)
            }
            var settings = old.settings
            change(&settings)
            let new = try connection.first(
                Self.change,
                settings.url,
                settings.sendsPayload,
                settings.sendsAllActions,
                WebhookSQL.text(settings.headers),
                settings.isActive,
                WebhookSQL.text(settings.actions),
                transaction.now,
                id
            ) { Webhook(&$0) }
            guard let new else { throw .noWebhook(id) }
            return new
        }
    }

    func delete(_ id: WebhookID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.remove, id)
            guard transaction.connection.changes == 1 else { throw .noWebhook(id) }
        }
    }
}

extension StorageError {
    fileprivate static func noWebhook(_ id: WebhookID) -> StorageError {
        StorageError(.notFound, "There is no webhook \(id).")
    }

    /// `RETURNING` gave no row, which it always does when nothing fails.
    static let notReturned = StorageError(.unavailable, "The row was not stored.")
}
