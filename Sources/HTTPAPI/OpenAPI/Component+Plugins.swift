internal import Contracts
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
                .init("granted_permissions", .nullable(.map(.any))),
                .init("enabled_in", .array(.integer)), .init("bundled", .boolean),
                .init(
                    "uses",
                    .array(
                        .object([
                            .init("project", .integer), .init("title", .string),
                            .init("user", .nullable(.string)), .init("at", .dateTime),
                        ])
                    )
                ),
                .init("trust", Self.trust), .init("digest", .nullable(.string)),
                .init(
                    "last_report",
                    .nullable(
                        .object([.init("at", .dateTime), .init("report", Self.checkReport)])
                    )
                ),
            ])
        case .pluginUpgrade:
            .object([
                .init("id", .string), .init("version", .string),
                .init("report", Self.checkReport), .init("moved", .array(.integer)),
                .init(
                    "kept",
                    .array(
                        .object([
                            .init("project", .integer), .init("version", .string),
                            .init("reason", .reference(.reason)),
                        ])
                    )
                ),
            ])
        case .packageReport: Self.verification
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

    private static let checkReport = Schema.object([
        .init("kind", .oneOf(PluginCheckReport.Kind.allCases.map(\.rawValue))),
        .init("passed", .boolean),
        .init(
            "checks",
            .array(
                .object([
                    .init("id", .string), .init("verdict", .string), .init("detail", .string),
                ])
            )
        ),
    ])

    private static let trust = Schema.object([
        .init("level", .oneOf(PackageTrust.Level.allCases.map(\.rawValue))),
        .init("fingerprint", .nullable(.string)), .init("key_name", .nullable(.string)),
    ])

    private static var verification: Schema {
        let check = Schema.object([
            .init("id", .oneOf(PackageReport.Step.allCases.map(\.rawValue))),
            .init("verdict", .oneOf(["passed", "failed", "skipped"])), .init("detail", .string),
            .init("code", .nullable(.string)), .init("hint", .nullable(.string)),
        ])
        let file = Schema.object([
            .init("path", .string), .init("sha256", .string), .init("bytes", .integer),
        ])
        return .object([
            .init("id", .nullable(.string)), .init("version", .nullable(.string)),
            .init("passed", .boolean), .init("was_installed", .boolean),
            .init("digest", .nullable(.string)), .init("trust", trust),
            .init("checks", .array(check)), .init("files", .array(file)),
            .init("capabilities", .array(.reference(.capability))), .init("tags", shortTags),
            .init("permissions", .map(.any)),
        ])
    }

    private static var health: Schema {
        .object([
            .init("sandbox", .nullable(.string)), .init("sandbox_missing", .string),
            .init("active_runs", .integer),
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
