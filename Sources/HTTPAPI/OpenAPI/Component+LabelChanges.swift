extension Component {
    /// Labels that get other names.
    var labelChangeSchema: Schema {
        switch self {
        case .labelChange:
            .object(
                [
                    .init("id", .integer), .init("project", .integer),
                    .init("status", .oneOf(["created", "in_progress", "completed", "failed"])),
                    .init("created_by", .nullable(.map(.any))), .init("created_at", .dateTime),
                    .init("finished_at", .nullable(.dateTime)), .init("tasks_done", .integer),
                    .init("error", .nullable(.string)),
                ] + Self.countMembers
            )
        case .labelChangePreview:
            .object(
                [.init("label_config", .string), .init("changes_config", .boolean)]
                    + Self.countMembers
            )
        default:
            .object([.init("labels", .map(.map(.string)))])
        }
    }

    private static let tally = Schema.object([
        .init("answers", .integer), .init("results", .integer),
    ])

    private static let useMembers: [Schema.Member] = [
        .init("annotations", tally), .init("drafts", tally), .init("predictions", tally),
        .init("types", .map(.integer)),
    ]

    private static let countMembers: [Schema.Member] = [
        .init(
            "changes",
            .array(
                .object(
                    [.init("control", .string), .init("old", .string), .init("new", .string)]
                        + useMembers
                )
            )
        ),
        .init("total", .object(useMembers)),
    ]
}
