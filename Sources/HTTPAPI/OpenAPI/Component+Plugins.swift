internal import LabelingService

extension Component {
    private static let state = Schema.oneOf(PluginState.allCases.map(\.rawValue))
    private static let reasonOrNull = Schema.nullable(.reference(.reason))
    private static let shortTags = Schema.array(
        .object([.init("tag", .string), .init("kind", .string)])
    )

    /// Plugins and what they offer.
    var pluginSchema: Schema {
        switch self {
        case .reason:
            .object([
                .init("code", .string), .init("detail", .string),
                .init("hint", .nullable(.string)),
            ])
        case .plugin:
            .object([
                .init("id", .string), .init("version", .string), .init("name", .string),
                .init("description", .string), .init("vendor", .string),
                .init("license", .string), .init("state", Self.state),
                .init("reason", Self.reasonOrNull), .init("isolation", .string),
                .init("runs_in_daemon", .boolean), .init("health", Self.health),
                .init("capabilities", .array(.reference(.capability))),
                .init("tags", Self.shortTags), .init("permissions", .map(.any)),
                .init("enabled_in", .array(.integer)), .init("bundled", .boolean),
            ])
        case .capability:
            .object([
                .init("id", .string), .init("name", .string), .init("title", .string),
                .init("description", .string), .init("media_types", .array(.string)),
                .init("extension", .nullable(.string)), .init("settings_schema", .any),
            ])
        case .projectPlugin:
            .object([
                .init("id", .string), .init("version", .string), .init("name", .string),
                .init("state", Self.state), .init("enabled", .boolean),
                .init("settings", .map(.any)), .init("settings_schema", .map(.any)),
                .init("capabilities", .array(.reference(.capability))),
                .init("tags", Self.shortTags), .init("reason", Self.reasonOrNull),
            ])
        case .projectCapability:
            .object([
                .init("name", .string), .init("title", .string), .init("description", .string),
                .init("media_type", .nullable(.string)), .init("extension", .nullable(.string)),
                .init("plugin", .string), .init("version", .string),
                .init("settings_schema", .any), .init("settings", .map(.any)),
                .init("enabled", .boolean), .init("reason", Self.reasonOrNull),
            ])
        case .capabilities:
            .object([
                .init("exporters", .array(.reference(.projectCapability))),
                .init("import_sources", .array(.reference(.projectCapability))),
                .init(
                    "tags",
                    .array(
                        .object([
                            .init("tag", .string), .init("plugin", .nullable(.string)),
                            .init("version", .nullable(.string)), .init("enabled", .boolean),
                            .init("reason", Self.reasonOrNull),
                        ])
                    )
                ),
            ])
        case .panel:
            .object([
                .init("id", .string), .init("plugin", .string), .init("name", .string),
                .init("title", .string), .init("place", .string), .init("module", .string),
            ])
        default:
            .object([
                .init("tag", .string), .init("kind", .string), .init("builtin", .boolean),
                .init("plugin", .nullable(.string)), .init("version", .nullable(.string)),
                .init("apiVersion", .nullable(.integer)), .init("module", .nullable(.string)),
                .init("integrity", .map(.string)), .init("styles", .array(.string)),
                .init("isolation", .nullable(.string)), .init("attributes", .map(.any)),
                .init("children", .any), .init("parents", .array(.string)),
                .init("targets", .array(.string)), .init("resultTypes", .array(.map(.any))),
                .init("standIn", .nullable(.string)), .init("measures", .array(.map(.any))),
                .init("available", .boolean), .init("reason", Self.reasonOrNull),
            ])
        }
    }

    private static var health: Schema {
        .object([
            .init("sandbox", .nullable(.string)), .init("sandbox_missing", .string),
            .init("crashes", .integer), .init("refused_calls", .integer),
            .init(
                "last_crash",
                .nullable(
                    .object([
                        .init("detail", .string), .init("function", .nullable(.string)),
                        .init("task", .nullable(.integer)), .init("signal", .nullable(.integer)),
                        .init("place", .nullable(.string)),
                    ])
                )
            ),
            .init("quarantine", .nullable(.string)),
        ])
    }
}
