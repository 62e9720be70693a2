extension Component {
    private static let role = Schema.oneOf(["administrator", "member"])

    /// Errors, versions and users.
    var accountSchema: Schema {
        switch self {
        case .error:
            .object([
                .init("id", .string), .init("status_code", .integer), .init("version", .string),
                .init("detail", .string), .init("exc_info", .nullable(.string)),
                .init("code", .string), .optional("hint", .string),
                .optional("validation_errors", .map(.array(.string))),
                .optional("place", .map(.any)), .optional("plugin", .map(.string)),
                .optional("can_enable", .string),
            ])
        case .version:
            .object([.init("release", .string), .init("edition", .string)])
        case .session:
            .object([
                .init("user", .reference(.user)), .init("csrf_token", .nullable(.string)),
            ])
        case .user:
            .object([
                .init("id", .integer), .init("first_name", .string), .init("last_name", .string),
                .init("username", .string), .init("email", .string),
                .init("last_activity", .dateTime), .init("custom_hotkeys", .map(.any)),
                .init("avatar", .nullable(.string)), .init("initials", .string),
                .init("phone", .string), .init("active_organization", .integer),
                .init("active_organization_meta", .map(.string)),
                .init("allow_newsletters", .nullable(.boolean)), .init("date_joined", .dateTime),
                .init("role", Self.role), .init("is_active", .boolean),
                .optional("permissions", .array(.string)),
            ])
        case .newUser:
            .object([
                .init("email", .string), .optional("password", .string),
                .optional("role", Self.role), .optional("username", .string),
                .optional("first_name", .string), .optional("last_name", .string),
                .optional("phone", .string),
            ])
        case .userChanges:
            .object([
                .optional("first_name", .string), .optional("last_name", .string),
                .optional("username", .string), .optional("phone", .string),
                .optional("password", .string), .optional("role", Self.role),
                .optional("is_active", .boolean),
            ])
        case .tokenSettings:
            .object([
                .init("api_tokens_enabled", .boolean),
                .init("legacy_api_tokens_enabled", .boolean),
                .init("api_token_ttl_days", .integer),
            ])
        default:
            .object([.init("token", .string)])
        }
    }
}
