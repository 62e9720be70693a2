extension Component {
    private static let results = Schema.array(.map(.any))

    /// Annotations, drafts and predictions.
    var answerSchema: Schema {
        switch self {
        case .annotation:
            .object([
                .init("id", .integer), .init("result", Self.results),
                .init("created_username", .string), .init("created_ago", .string),
                .init("completed_by", .integer), .init("was_cancelled", .boolean),
                .init("ground_truth", .boolean), .init("created_at", .dateTime),
                .init("updated_at", .dateTime), .init("draft_created_at", .nullable(.dateTime)),
                .init("lead_time", .nullable(.number)), .init("import_id", .nullable(.integer)),
                .init("last_action", .nullable(.string)), .init("bulk_created", .boolean),
                .init("task", .integer), .init("project", .integer),
                .init("updated_by", .nullable(.integer)),
                .init("parent_prediction", .nullable(.integer)),
                .init("parent_annotation", .nullable(.integer)),
                .init("last_created_by", .nullable(.integer)), .init("unique_id", .string),
                .init("revision", .integer),
            ])
        case .annotationFields:
            .object([
                .optional("result", Self.results), .optional("lead_time", .nullable(.number)),
                .optional("was_cancelled", .boolean), .optional("ground_truth", .boolean),
                .optional("completed_by", .integer),
                .optional("parent_prediction", .nullable(.integer)),
                .optional("parent_annotation", .nullable(.integer)),
                .optional("draft_id", .nullable(.integer)),
                .optional("unique_id", .nullable(.string)),
            ])
        case .annotationVersion:
            .object([
                .init("action", .oneOf(["created", "updated", "deleted", "restored"])),
                .init("by", .integer), .init("at", .dateTime),
                .init("annotation", .reference(.annotation)),
            ])
        case .draft:
            .object([
                .init("id", .integer), .init("user", .string), .init("created_username", .string),
                .init("created_ago", .string), .init("result", Self.results),
                .init("lead_time", .number), .init("was_postponed", .boolean),
                .init("import_id", .nullable(.integer)), .init("created_at", .dateTime),
                .init("updated_at", .dateTime), .init("task", .integer),
                .init("annotation", .nullable(.integer)),
            ])
        case .draftFields:
            .object([
                .optional("result", Self.results), .optional("lead_time", .number),
                .optional("was_postponed", .boolean),
            ])
        case .prediction:
            .object([
                .init("id", .integer), .init("result", Self.results),
                .init("model_version", .string), .init("created_ago", .string),
                .init("score", .nullable(.number)), .init("cluster", .nullable(.integer)),
                .init("neighbors", .any), .init("mislabeling", .number),
                .init("created_at", .dateTime), .init("updated_at", .dateTime),
                .init("model", .nullable(.integer)), .init("model_run", .nullable(.integer)),
                .init("task", .integer), .init("project", .integer),
                .init("misfit", .nullable(.string)),
            ])
        default:
            .object([
                .optional("task", .integer), .optional("result", .any),
                .optional("score", .nullable(.number)), .optional("model_version", .string),
            ])
        }
    }
}
