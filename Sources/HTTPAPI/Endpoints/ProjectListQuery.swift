internal import Contracts
internal import LabelModel
internal import ValueTree

/// What a list of projects can be asked for, in Label Studio's words.
enum ProjectListQuery {
    static let parameters =
        selection + [
            QueryParameter("include", .string, "Members that are wanted, with commas between them.")
        ]

    /// Without what is told of each project.
    static let selection: [QueryParameter] = [
        .page, .pageSize,
        QueryParameter("title", .string, "Part of the title, without regard to case."),
        QueryParameter("ids", .string, "Numbers of projects, with commas between them."),
        QueryParameter("filter", .string, "`all`, `pinned_only` or `exclude_pinned`."),
        QueryParameter(
            "archived",
            .boolean,
            "Only archived ones, or only others."
        ),
        QueryParameter(
            "ordering",
            .string,
            "`id`, `title`, `created_at`, `task_number` or `finished_task_number`; `-` before it turns it round."
        ),
    ]

    /// - Throws: ``APIError`` with status 400 for what cannot be asked.
    static func read(_ items: QueryItems) throws(APIError) -> ProjectQuery {
        var query = ProjectQuery()
        query.titleContains = items["title"] ?? ""
        query.ids = try items.integers("ids").map { $0.map { ProjectID($0) } }
        if let filter = items["filter"], !filter.isEmpty {
            guard let pinned = ProjectQuery.Pinned(rawValue: filter) else {
                throw APIError.invalid(
                    field: "filter",
                    "“\(filter)” is none of all, pinned_only and exclude_pinned."
                )
            }
            query.pinned = pinned
        }
        if items["archived"] != nil {
            query.isArchived = try items.bool("archived", default: false)
        }
        if let ordering = items["ordering"], !ordering.isEmpty {
            query.isDescending = ordering.hasPrefix("-")
            let name = query.isDescending ? String(ordering.dropFirst()) : ordering
            guard let order = ProjectQuery.Order(rawValue: name) else {
                let known = ProjectQuery.Order.allCases.map(\.rawValue).joined(separator: ", ")
                throw APIError.invalid(
                    field: "ordering",
                    "Projects are not sorted by “\(name)”.",
                    hint: "Sort them by one of \(known)."
                )
            }
            query.order = order
        }
        return query
    }

    /// Names of the members that are wanted; nil for all.
    static func includedMembers(_ items: QueryItems) -> Set<String>? {
        guard let text = items["include"], !text.isEmpty else { return nil }
        return Set(text.split(separator: ",").map { $0.trimmingSpaces() })
    }
}

extension JSONWriter {
    /// Writes the members of an object that have these names.
    ///
    /// - `object`: JSON text of an object.
    mutating func members(_ names: Set<String>, of object: [UInt8]) {
        guard let text = try? JSONText(parsing: object) else { return }
        beginObject()
        for member in text.members where names.contains(member.name) {
            key(member.name)
            value(RawJSON(checked: member.value.rawBytes))
        }
        endObject()
    }
}
