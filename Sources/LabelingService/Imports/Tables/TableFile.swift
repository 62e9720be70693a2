import LabelModel

/// A CSV or TSV file on disk, read twice: once to learn its columns, once for its rows.
///
/// Twice because one text at the end of a column decides how its first value is to be read, and
/// the table need not fit in memory.
struct TableFile: Sendable {
    let path: String
    private let separator: UInt8
    private let maxRowBytes: Int
    private let layout: TableLayout
    let rowCount: Int

    /// Reads the file once.
    ///
    /// - `separator`: nil lets the first line decide between `,` and `;`.
    init(path: String, separator: UInt8?, maxRowBytes: Int) throws(ServiceError) {
        self.path = path
        self.maxRowBytes = maxRowBytes
        if let separator {
            self.separator = separator
        } else {
            self.separator = try Self.separator(of: path)
        }
        var layout: TableLayout?
        var rowCount = 0
        try Self.forEachRow(path, self.separator, maxRowBytes) { row throws(ServiceError) in
            if layout == nil {
                layout = TableLayout(header: row)
            } else {
                try layout?.look(at: row)
                rowCount += 1
            }
        }
        guard let layout, rowCount > 0 else {
            throw ServiceError(
                .invalid,
                "csv_empty",
                "The table has no rows below its header.",
                at: .row(1, column: 1)
            )
        }
        self.layout = layout
        self.rowCount = rowCount
    }

    var columnNames: [String] { layout.columns.map(\.name) }

    /// The rows, from the first one below the header.
    func rows() throws(ServiceError) -> Rows {
        Rows(
            file: try FileDescriptor.reading(path),
            layout: layout,
            reader: DelimitedTextReader(separator: separator, maxRowBytes: maxRowBytes)
        )
    }

    /// A second walk through the file.
    struct Rows {
        private let file: FileDescriptor
        private let layout: TableLayout
        private var reader: DelimitedTextReader
        private var ready: [TableRow] = []
        private var position = 0
        private var isStart = true
        private var isEnd = false
        private var isHeaderRead = false

        init(file: FileDescriptor, layout: TableLayout, reader: DelimitedTextReader) {
            self.file = file
            self.layout = layout
            self.reader = reader
        }

        /// The data of the next row and the row's number, or nil at the end.
        mutating func next() throws(ServiceError) -> (data: RawJSON, row: Int)? {
            while position == ready.count {
                if isEnd { return nil }
                try readOn()
            }
            defer { position += 1 }
            return (layout.data(of: ready[position]), ready[position].number)
        }

        private mutating func readOn() throws(ServiceError) {
            ready.removeAll(keepingCapacity: true)
            position = 0
            let chunk = try file.read(256 << 10)
            var rows: [TableRow] = []
            if chunk.isEmpty {
                isEnd = true
                try reader.finish { rows.append($0) }
            } else {
                try reader.append(isStart ? chunk.withoutByteOrderMark : chunk[...]) {
                    rows.append($0)
                }
                isStart = false
            }
            if !isHeaderRead, !rows.isEmpty {
                rows.removeFirst()
                isHeaderRead = true
            }
            ready = rows
        }
    }

    private static func forEachRow(
        _ path: String,
        _ separator: UInt8,
        _ maxRowBytes: Int,
        _ body: (TableRow) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        let file = try FileDescriptor.reading(path)
        var reader = DelimitedTextReader(separator: separator, maxRowBytes: maxRowBytes)
        var isStart = true
        while true {
            let chunk = try file.read(256 << 10)
            if chunk.isEmpty { break }
            try reader.append(isStart ? chunk.withoutByteOrderMark : chunk[...], row: body)
            isStart = false
        }
        try reader.finish(row: body)
    }

    /// `;` when the first line has more of them than of `,`.
    private static func separator(of path: String) throws(ServiceError) -> UInt8 {
        let head = try FileDescriptor.reading(path).read(64 << 10)
        let line = head.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        let semicolons = line.count { $0 == UInt8(ascii: ";") }
        let commas = line.count { $0 == UInt8(ascii: ",") }
        return semicolons > commas ? UInt8(ascii: ";") : UInt8(ascii: ",")
    }
}

extension [UInt8] {
    /// The bytes behind a UTF-8 byte order mark.
    var withoutByteOrderMark: ArraySlice<UInt8> {
        starts(with: [0xEF, 0xBB, 0xBF]) ? dropFirst(3) : self[...]
    }
}
