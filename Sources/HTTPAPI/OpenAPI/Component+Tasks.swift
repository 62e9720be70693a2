extension Component {
    /// Tasks and their pages.
    var taskSchema: Schema {
        switch self {
        case .task:
            .object(
                Self.commonMembers + [
                    .init("updated_by", .nullable(.integer)),
                    .init("file_upload", .nullable(.integer)),
                ]
            )
        case .listedTask:
            .object(Self.listedMembers + Self.optionalAnswers + Self.summaryMembers)
        case .nextTask:
            .object(
                Self.listedMembers + Self.answers + [
                    .init("unique_lock_id", .string), .init("queue", .string),
                    .init("lease_expires_at", .dateTime),
                ]
            )
        case .taskPage:
            .object([
                .init("total_annotations", .integer), .init("total_predictions", .integer),
                .init("total", .integer), .init("tasks", .array(.reference(.listedTask))),
            ])
        default:
            .object([
                .optional("project", .integer), .optional("data", .map(.any)),
                .optional("meta", .map(.any)), .optional("overlap", .integer),
                .optional("allow_skip", .boolean),
            ])
        }
    }

    private static let commonMembers: [Schema.Member] = [
        .init("id", .integer), .init("data", .map(.any)), .init("meta", .map(.any)),
        .init("created_at", .dateTime), .init("updated_at", .dateTime),
        .init("is_labeled", .boolean), .init("overlap", .integer), .init("inner_id", .integer),
        .init("total_annotations", .integer), .init("cancelled_annotations", .integer),
        .init("total_predictions", .integer), .init("comment_count", .integer),
        .init("unresolved_comment_count", .integer),
        .init("last_comment_updated_at", .nullable(.dateTime)),
        .init("comment_authors", .array(.integer)), .init("project", .integer),
        .init("allow_skip", .boolean),
    ]

    private static let listedMembers =
        commonMembers + [
            .init("updated_by", .array(.map(.integer))),
            .init("file_upload", .nullable(.string)),
            .init("storage_filename", .nullable(.string)),
            .init("annotators", .array(.integer)), .init("annotations_results", .string),
            .init("predictions_results", .string), .init("annotations_ids", .string),
            .init("predictions_model_versions", .string),
        ]

    private static let answers: [Schema.Member] = [
        // `completed_by` is an object in the answer for one task, so this is not a reference.
        .init("annotations", .array(.map(.any))),
        .init("drafts", .array(.reference(.draft))),
        .init("predictions", .array(.reference(.prediction))),
    ]

    /// What a list tells only when the answers were read.
    private static let summaryMembers: [Schema.Member] = [
        .optional("completed_at", .nullable(.dateTime)),
        .optional("predictions_score", .nullable(.number)),
        .optional("avg_lead_time", .nullable(.number)), .optional("draft_exists", .boolean),
    ]

    private static let optionalAnswers: [Schema.Member] = answers.map {
        .optional($0.name, $0.schema)
    }
}
