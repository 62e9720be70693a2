extension Component {
    /// Snapshots of projects.
    var snapshotSchema: Schema {
        switch self {
        case .snapshot:
            .object([
                .init("id", .integer), .init("title", .string),
                .init("created_by", .nullable(.map(.any))), .init("created_at", .dateTime),
                .init("finished_at", .nullable(.dateTime)), .init("status", Self.status),
                .init("md5", .string), .init("file_size", .nullable(.integer)),
                .init("counters", .map(.integer)),
                .init("converted_formats", .array(Self.conversion)),
                .init("error", .nullable(.string)),
                .optional("task_filter_options", .any),
                .optional("annotation_filter_options", .any),
                .optional("serialization_options", .any),
            ])
        default:
            .object([
                .optional("title", .string),
                .optional(
                    "task_filter_options",
                    .object([
                        .optional("view", .integer), .optional("skipped", Self.side),
                        .optional("finished", Self.side), .optional("annotated", Self.side),
                        .optional("only_with_annotations", .boolean),
                    ])
                ),
                .optional("annotation_filter_options", .map(.boolean)),
                .optional("serialization_options", .map(.any)),
            ])
        }
    }

    private static let status = Schema.oneOf(["created", "in_progress", "completed", "failed"])
    private static let side = Schema.oneOf(["only", "exclude"])
    private static let conversion = Schema.object([
        .init("id", .integer), .init("status", status), .init("export_type", .string),
        .init("traceback", .nullable(.string)), .init("task_number", .integer),
        .init("file_size", .nullable(.integer)),
    ])
}
