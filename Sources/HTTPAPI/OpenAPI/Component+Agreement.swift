internal import Contracts

extension Component {
    private static let answer = Schema.object([
        .init("id", .integer), .init("kind", .oneOf(["annotation", "prediction"])),
        .init("completed_by", .nullable(.integer)), .init("model_version", .nullable(.string)),
    ])
    private static let part = Schema.object([
        .init("label", .string), .init("score", .number), .init("weight", .number),
    ])

    /// Metrics and what they say.
    var agreementSchema: Schema {
        switch self {
        case .taskAgreement:
            .object([
                .init("task", .integer), .init("answers", .array(Self.answer)),
                .init(
                    "metrics",
                    .array(
                        .object([
                            .init("metric", .reference(.metric)),
                            .init("mean", .nullable(.number)),
                            .init("scores", .array(Self.score)),
                            .init("reason", .nullable(.reference(.reason))),
                        ])
                    )
                ),
            ])
        case .projectAgreement:
            .object([
                .init("metric", .reference(.metric)), .init("mean", .nullable(.number)),
                .init("minimum", .nullable(.number)), .init("maximum", .nullable(.number)),
                .init("scores", .integer), .init("without_score", .integer),
                .init("tasks", .integer),
                .init(
                    "labels",
                    .array(
                        .object([
                            .init("label", .string), .init("mean", .number),
                            .init("weight", .number),
                        ])
                    )
                ),
                .init(
                    "annotators",
                    .array(
                        .object([
                            .init("first", .integer), .init("second", .integer),
                            .init("mean", .number), .init("scores", .integer),
                        ])
                    )
                ),
                .init("cut", .boolean),
            ])
        default:
            .object([
                .init("name", .string), .init("title", .string), .init("description", .string),
                .init("plugin", .string), .init("version", .string),
                .init("subject", .oneOf(PluginMetric.Subject.allCases.map(\.rawValue))),
                .init("symmetric", .boolean), .init("minimum", .nullable(.number)),
                .init("maximum", .nullable(.number)),
                .init("better", .oneOf(PluginMetric.Better.allCases.map(\.rawValue))),
                .init("result_types", .array(.string)), .init("settings", .map(.any)),
                .init("enabled", .boolean), .init("reason", .nullable(.reference(.reason))),
            ])
        }
    }

    private static var score: Schema {
        .object([
            .init("first", answer), .init("second", .nullable(answer)),
            .init("score", .nullable(.number)), .init("parts", .array(part)),
        ])
    }
}
