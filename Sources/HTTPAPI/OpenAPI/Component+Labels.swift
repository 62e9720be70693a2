extension Component {
    /// Labels as things of their own.
    var labelSchema: Schema {
        switch self {
        case .label:
            .object([
                .init("id", .integer), .init("links", .array(.integer)),
                .init("created_at", .dateTime), .init("updated_at", .dateTime),
                .init("value", .any), .init("title", .string),
                .init("description", .nullable(.string)), .init("approved", .boolean),
                .init("created_by", .integer), .init("approved_by", .nullable(.integer)),
                .init("organization", .integer), .init("projects", .array(.integer)),
            ])
        case .labelPage: Self.page(of: .reference(.label))
        case .newLabel:
            .object(
                [
                    .init("project", .integer), .init("from_name", .string),
                    .init("value", .any), .init("title", .string),
                ] + Self.optionalMembers
            )
        case .labelFields:
            .object(
                [.optional("value", .any), .optional("title", .string)] + Self.optionalMembers
            )
        case .labelLink:
            .object([
                .init("id", .integer), .init("annotations_count", .integer),
                .init("from_name", .string), .init("project", .integer), .init("label", .integer),
            ])
        case .labelLinkPage: Self.page(of: .reference(.labelLink))
        default:
            .object([
                .optional("from_name", .string), .optional("project", .integer),
                .optional("label", .integer),
            ])
        }
    }

    private static let optionalMembers: [Schema.Member] = [
        .optional("description", .nullable(.string)), .optional("approved", .boolean),
    ]
}
