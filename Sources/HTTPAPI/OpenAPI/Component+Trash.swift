extension Component {
    /// The trash.
    var trashSchema: Schema {
        switch self {
        case .trashEntry:
            .object([
                .init("id", .integer), .init("kind", .oneOf(["annotations", "tasks", "project"])),
                .init("project", .integer), .init("title", .string), .init("count", .integer),
                .init("first", .integer), .init("inner_id", .nullable(.integer)),
                .init("deleted_at", .dateTime), .init("deleted_by", .nullable(.map(.any))),
                .init("expires_at", .nullable(.dateTime)),
            ])
        default:
            .object([
                .init("days", .integer), .init("entries", .array(.reference(.trashEntry))),
                .init("next_before", .nullable(.integer)),
            ])
        }
    }
}
