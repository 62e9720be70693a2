import Contracts
import LabelModel

/// What the statements about webhooks have in common.
enum WebhookSQL {
    static let columns = """
        id, project_id, url, sends_payload, sends_all_actions, headers, is_active, actions, \
        created_at, updated_at
        """

    /// Headers as lines of name, colon and value; neither holds a line break.
    static func text(_ headers: [String: String]) -> String {
        headers.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }.joined(separator: "\n")
    }

    static func headers(_ text: String) -> [String: String] {
        var headers: [String: String] = [:]
        for line in text.split(separator: "\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[String(line[..<colon])] = String(line[line.index(after: colon)...])
        }
        return headers
    }

    /// Actions with commas between them.
    static func text(_ actions: Set<EventAction>) -> String {
        actions.map(\.rawValue).sorted().joined(separator: ",")
    }

    static func actions(_ text: String) -> Set<EventAction> {
        Set(text.split(separator: ",").compactMap { EventAction(rawValue: String($0)) })
    }
}

extension Webhook {
    init(_ row: inout ColumnReader) {
        let id: WebhookID = row.next()
        let project: ProjectID? = row.next()
        var settings = WebhookSettings(url: row.next())
        settings.sendsPayload = row.next()
        settings.sendsAllActions = row.next()
        settings.headers = WebhookSQL.headers(row.next())
        settings.isActive = row.next()
        settings.actions = WebhookSQL.actions(row.next())
        self.init(
            id: id,
            project: project,
            settings: settings,
            createdAt: row.next(),
            updatedAt: row.next()
        )
    }
}
