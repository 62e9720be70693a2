internal import Contracts

extension Component {
    /// Webhooks and their deliveries.
    var webhookSchema: Schema {
        switch self {
        case .webhook:
            .object([
                .init("id", .integer), .init("organization", .integer),
                .init("project", .nullable(.integer)), .init("url", .string),
                .init("send_payload", .boolean), .init("send_for_all_actions", .boolean),
                .init("headers", .map(.string)), .init("is_active", .boolean),
                .init("actions", .array(Self.action)), .init("created_at", .dateTime),
                .init("updated_at", .dateTime),
            ])
        case .webhookFields:
            .object([
                .optional("url", .string), .optional("project", .nullable(.integer)),
                .optional("send_payload", .boolean),
                .optional("send_for_all_actions", .boolean),
                .optional("headers", .map(.string)), .optional("is_active", .boolean),
                .optional("actions", .array(Self.action)),
            ])
        case .webhookTest:
            .object([
                .init("delivered", .boolean), .init("status", .nullable(.integer)),
                .init("error", .nullable(.string)), .init("seconds", .number),
            ])
        default:
            .object([
                .init("id", .integer), .init("project", .integer), .init("action", Self.action),
                .init("state", .oneOf(["waiting", "delivered", "refused", "abandoned"])),
                .init("created_at", .dateTime), .init("tried_at", .nullable(.dateTime)),
                .init("attempts", .integer), .init("status", .nullable(.integer)),
                .init("error", .nullable(.string)),
            ])
        }
    }

    private static let action = Schema.oneOf(EventAction.allCases.map(\.rawValue))
}
