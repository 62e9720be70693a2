extension Component {
    /// The audit log.
    var auditSchema: Schema {
        switch self {
        case .auditEntry:
            .object([
                .init("sequence", .integer), .init("at", .dateTime),
                .init("at_microseconds", .integer), .init("user", .nullable(.integer)),
                .init("actor", .string), .init("action", .string), .init("subject", .string),
                .init("project", .nullable(.integer)), .init("detail", .map(.any)),
                .init("previous_hash", .string), .init("hash", .string),
            ])
        default:
            .object([
                .init("entries", .array(.reference(.auditEntry))),
                .init("next_before", .nullable(.integer)),
            ])
        }
    }
}
