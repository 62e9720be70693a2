extension Component {
    private static var loss: Schema {
        .object([.init("code", .string), .init("message", .string), .init("count", .integer)])
    }

    /// Imports, uploads and export formats.
    var fileSchema: Schema {
        switch self {
        case .importAnswer:
            .object([
                .init("task_count", .integer), .init("annotation_count", .nullable(.integer)),
                .init("prediction_count", .nullable(.integer)), .init("duration", .number),
                .init("file_upload_ids", .array(.integer)),
                .init("could_be_tasks_list", .boolean), .init("found_formats", .map(.integer)),
                .init("data_columns", .array(.string)), .optional("task_ids", .array(.integer)),
                .optional("losses", .array(Self.loss)),
            ])
        case .unpackedProject:
            .object([
                .init("project", .integer), .init("title", .string),
                .init("task_count", .integer), .init("annotation_count", .integer),
                .init("version_count", .integer), .init("draft_count", .integer),
                .init("prediction_count", .integer), .init("file_count", .integer),
                .init("known_user_count", .integer), .init("placeholders", .array(.string)),
                .init(
                    "missing_plugins",
                    .array(.object([.init("id", .string), .init("version", .string)]))
                ),
            ])
        case .fileUpload:
            .object([
                .init("id", .integer), .init("file", .string), .init("size", .integer),
            ])
        case .exportReport:
            .object([
                .init("id", .string), .init("project", .integer), .init("format", .string),
                .init("created_at", .string),
                .init("state", .oneOf(["running", "finished", "failed"])),
                .init(
                    "losses",
                    .array(Self.loss)
                ),
                .init(
                    "error",
                    .nullable(
                        .object([
                            .init("code", .string), .init("detail", .string),
                            .init("hint", .nullable(.string)),
                        ])
                    )
                ),
            ])
        default:
            .object([
                .init("name", .string), .init("title", .string), .init("description", .string),
                .init("link", .string), .init("tags", .array(.string)),
                .init("media_type", .nullable(.string)), .init("extension", .nullable(.string)),
                .init("plugin", .string), .init("version", .string), .init("disabled", .boolean),
                .init("reason", .nullable(.reference(.reason))),
            ])
        }
    }
}
