extension Component {
    /// ML backends.
    var mlBackendSchema: Schema {
        switch self {
        case .mlBackend:
            .object([
                .init("id", .integer), .init("state", .oneOf(["CO", "DI", "ER", "TR"])),
                .init("readable_state", .string), .init("is_interactive", .boolean),
                .init("url", .string), .init("error_message", .nullable(.string)),
                .init("title", .string), .init("auth_method", Self.authentication),
                .init("basic_auth_user", .string), .init("basic_auth_pass_is_set", .boolean),
                .init("description", .string), .init("extra_params", .any),
                .init("model_version", .nullable(.string)), .init("timeout", .number),
                .init("created_at", .dateTime), .init("updated_at", .dateTime),
                .init("auto_update", .boolean), .init("project", .integer),
            ])
        default:
            .object([
                .optional("url", .string), .optional("project", .integer),
                .optional("title", .string), .optional("description", .string),
                .optional("is_interactive", .boolean),
                .optional("auth_method", Self.authentication),
                .optional("basic_auth_user", .string), .optional("basic_auth_pass", .string),
                .optional("extra_params", .any), .optional("timeout", .number),
                .optional("auto_update", .boolean),
            ])
        }
    }

    private static let authentication = Schema.oneOf(["NONE", "BASIC_AUTH"])
}
