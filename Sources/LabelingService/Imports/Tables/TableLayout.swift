import LabelModel

/// The columns of a table, and how its rows become the `data` of tasks.
struct TableLayout: Sendable {
    private(set) var columns: [TableColumn]

    /// - Parameter header: Names; a blank one is called by its number, a repeated one gets a number
    ///   behind it, as pandas does.
    init(header: TableRow) {
        var taken: Set<String> = []
        columns = header.fields.enumerated().map { position, field in
            let wanted = field.isEmpty ? "Unnamed: \(position)" : field
            var name = wanted
            var count = 0
            while !taken.insert(name).inserted {
                count += 1
                name = "\(wanted).\(count)"
            }
            return TableColumn(name: name)
        }
    }

    /// Looks at a row to learn the columns' kinds.
    mutating func look(at row: TableRow) throws(ServiceError) {
        guard row.fields.count == columns.count else {
            throw ServiceError(
                .invalid,
                "csv_ragged_row",
                "Row \(row.number) has \(row.fields.count) fields, the header has \(columns.count).",
                hint: "Put fields that contain the separator into quotes.",
                at: .row(row.number, column: min(row.fields.count, columns.count) + 1)
            )
        }
        for position in columns.indices { columns[position].look(at: row.fields[position]) }
    }

    /// Writes a row as a JSON object.
    func data(of row: TableRow) -> RawJSON {
        var writer = JSONWriter(capacity: 64 * columns.count)
        writer.beginObject()
        for (column, field) in zip(columns, row.fields) {
            writer.key(column.name)
            Self.write(field, as: column.kind, to: &writer)
        }
        writer.endObject()
        return RawJSON(checked: writer.bytes)
    }

    private static func write(
        _ field: String,
        as kind: TableColumn.Kind,
        to writer: inout JSONWriter
    ) {
        guard !TableColumn.isBlank(field) else { return writer.value("") }
        switch kind {
        case .boolean where TableColumn.boolean(field) != nil:
            writer.value(TableColumn.boolean(field) == true)
        case .integer:
            if let number = TableColumn.integer(field) { return writer.value(number) }
            writer.value(field)
        case .number:
            if let number = TableColumn.number(field) { return writer.value(number) }
            writer.value(field)
        case .boolean, .text: writer.value(field)
        }
    }
}
