extension Component {
    /// The organization and its members.
    var organizationSchema: Schema {
        switch self {
        case .organization:
            .object([
                .init("id", .integer), .init("title", .string), .init("token", .nullable(.string)),
                .init("contact_info", .nullable(.string)), .init("created_at", .dateTime),
                .init("updated_at", .dateTime), .init("created_by", .nullable(.integer)),
                .init("users", .array(.integer)),
            ])
        default:
            Self.page(
                of: .object([
                    .init("id", .integer), .init("organization", .integer),
                    .init("user", .reference(.user)),
                    .init("created_projects", .nullable(.array(.any))),
                    .init("contributed_to_projects", .nullable(.array(.any))),
                ])
            )
        }
    }
}
