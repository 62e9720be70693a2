extension Component {
    /// Views, columns and actions.
    var dataManagerSchema: Schema {
        switch self {
        case .view:
            .object([
                .init("id", .integer), .init("data", .map(.any)), .init("order", .integer),
                .init("user", .integer), .init("project", .integer),
            ])
        case .viewFields:
            .object([.optional("project", .integer), .optional("data", Self.viewData)])
        case .dataColumn:
            .object([
                .init("id", .string), .init("title", .string), .init("type", .string),
                .init("target", .string), .optional("help", .string),
                .optional("parent", .string), .optional("children", .array(.string)),
                .optional("schema", .map(.any)), .init("visibility_defaults", .map(.boolean)),
                .init("project_defined", .boolean),
            ])
        case .taskAction:
            .object([
                .init("id", .string), .init("title", .string), .init("order", .integer),
                .init("permission", .string), .init("hidden", .boolean),
                .init("dialog", .map(.any)),
            ])
        default:
            .object(Self.queryMembers)
        }
    }

    private static let queryMembers: [Schema.Member] = [
        .optional(
            "filters",
            .object([
                .optional("conjunction", .oneOf(["and", "or"])),
                .optional("items", .array(.map(.any))),
            ])
        ),
        .optional("ordering", .array(.string)), .optional("selectedItems", .map(.any)),
    ]

    private static let viewData = Schema.object([.optional("title", .string)] + queryMembers)
}
