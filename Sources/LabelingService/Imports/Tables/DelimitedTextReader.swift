/// One row of a table as text.
struct TableRow: Sendable {
    /// From 1.
    ///
    /// The header is row 1 when it stands in the first line. A quoted field may hold line breaks,
    /// so this counts rows and blank lines, not line breaks.
    let number: Int
    let fields: [String]
}

/// Reads comma- or semicolon- or tab-separated text (RFC 4180) as it comes in.
///
/// Lines end with LF, CRLF or CR; a byte order mark is skipped; blank lines are skipped. A quote
/// begins a quoted field only at the field's start, and inside one a doubled quote is a quote.
struct DelimitedTextReader {
    private enum Position {
        /// Nothing of the row was read yet.
        case rowStart
        /// Nothing of the field was read yet.
        case fieldStart
        case plain
        case quoted
        /// After a quote inside a quoted field: either its end or half of a doubled one.
        case afterQuote
    }

    private let separator: UInt8
    private let maxRowBytes: Int
    private var position = Position.rowStart
    private var rowNumber = 1
    private var field: [UInt8] = []
    private var fields: [String] = []
    private var rowByteCount = 0
    private var wasCarriageReturn = false

    init(separator: UInt8, maxRowBytes: Int) {
        self.separator = separator
        self.maxRowBytes = maxRowBytes
    }

    /// Reads on.
    ///
    /// - `row`: Called for each row that is complete, in order.
    mutating func append(
        _ chunk: some Sequence<UInt8>,
        row: (TableRow) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        for byte in chunk {
            defer { wasCarriageReturn = byte == UInt8(ascii: "\r") }
            if byte == UInt8(ascii: "\n"), wasCarriageReturn, position == .rowStart { continue }
            try take(byte, row)
        }
    }

    /// Ends the text; a last line without a line break counts.
    mutating func finish(row: (TableRow) throws(ServiceError) -> Void) throws(ServiceError) {
        switch position {
        case .rowStart: return
        case .quoted:
            throw fault(
                "csv_quote",
                "A quoted field has no closing quote before the end of the file."
            )
        case .fieldStart, .plain, .afterQuote:
            try endField()
            try endRow(row)
        }
    }

    private mutating func take(
        _ byte: UInt8,
        _ row: (TableRow) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        switch (position, byte) {
        case (.quoted, UInt8(ascii: "\"")): position = .afterQuote
        case (.quoted, _): try keep(byte)
        case (.afterQuote, UInt8(ascii: "\"")):
            position = .quoted
            try keep(byte)
        case (.rowStart, UInt8(ascii: "\n")), (.rowStart, UInt8(ascii: "\r")):
            // A blank line is not a row, but it counts for the places of later faults.
            rowNumber += 1
        case (_, UInt8(ascii: "\n")), (_, UInt8(ascii: "\r")):
            try endField()
            try endRow(row)
        case (_, separator):
            try endField()
            position = .fieldStart
        case (.rowStart, UInt8(ascii: "\"")), (.fieldStart, UInt8(ascii: "\"")): position = .quoted
        case (.afterQuote, _):
            throw fault("csv_quote", "There is text behind the closing quote of a field.")
        default:
            position = .plain
            try keep(byte)
        }
    }

    private mutating func keep(_ byte: UInt8) throws(ServiceError) {
        field.append(byte)
        rowByteCount += 1
        guard rowByteCount <= maxRowBytes else {
            throw ServiceError(
                .tooLarge,
                "task_too_large",
                "A row has more than \(maxRowBytes) bytes.",
                at: .row(rowNumber, column: fields.count + 1)
            )
        }
    }

    private mutating func endField() throws(ServiceError) {
        guard let text = String(validating: field, as: UTF8.self) else {
            throw fault("not_utf8", "A field is not UTF-8 text.", hint: "Save the file as UTF-8.")
        }
        fields.append(text)
        field.removeAll(keepingCapacity: true)
    }

    private mutating func endRow(
        _ row: (TableRow) throws(ServiceError) -> Void
    ) throws(ServiceError) {
        let complete = TableRow(number: rowNumber, fields: fields)
        fields.removeAll(keepingCapacity: true)
        rowByteCount = 0
        rowNumber += 1
        position = .rowStart
        try row(complete)
    }

    private func fault(_ code: String, _ message: String, hint: String? = nil) -> ServiceError {
        ServiceError(
            .invalid,
            code,
            message,
            hint: hint,
            at: .row(rowNumber, column: fields.count + 1)
        )
    }
}
