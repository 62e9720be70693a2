internal import Contracts

/// What a body asks to change about a webhook; fields that are not named stay as they are.
struct WebhookChange: Sendable {
    private let url: String?
    private let sendsPayload: Bool?
    private let sendsAllActions: Bool?
    private let isActive: Bool?
    private let headers: [String: String]?
    private let actions: Set<EventAction>?

    /// - Throws: ``APIError`` 400 naming the field that cannot be.
    init(_ fields: BodyFields) throws(APIError) {
        url = fields.has("url") ? try fields.requiredString("url") : nil
        sendsPayload = try fields.bool("send_payload")
        sendsAllActions = try fields.bool("send_for_all_actions")
        isActive = try fields.bool("is_active")
        headers = try fields.texts("headers")
        guard let names = try fields.strings("actions") else {
            actions = nil
            return
        }
        var actions: Set<EventAction> = []
        for name in names {
            guard let action = EventAction(rawValue: name) else {
                throw APIError.invalid(
                    field: "actions",
                    "“\(name)” is not a valid choice.",
                    hint: "The actions are listed at /api/webhooks/info/."
                )
            }
            actions.insert(action)
        }
        self.actions = actions
    }

    func apply(to settings: inout WebhookSettings) {
        settings.url = url ?? settings.url
        settings.sendsPayload = sendsPayload ?? settings.sendsPayload
        settings.sendsAllActions = sendsAllActions ?? settings.sendsAllActions
        settings.isActive = isActive ?? settings.isActive
        settings.headers = headers ?? settings.headers
        settings.actions = actions ?? settings.actions
    }
}
