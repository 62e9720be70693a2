import Contracts
import LabelModel

/// Reads the columns of a row from left to right.
struct ColumnReader {
    private let statement: PreparedStatement
    private var column: Int32 = 0

    init(_ statement: PreparedStatement) {
        self.statement = statement
    }

    /// The next column, as what the caller needs.
    mutating func next<Value: SQLiteReadable>() -> Value {
        defer { column += 1 }
        return Value.read(from: statement, column)
    }
}

/// A value that a column can be read as.
protocol SQLiteReadable {
    static func read(from statement: PreparedStatement, _ column: Int32) -> Self
}

extension Int64: SQLiteReadable {
    static func read(from statement: PreparedStatement, _ column: Int32) -> Int64 {
        statement.integer(column)
    }
}

extension Bool: SQLiteReadable {
    static func read(from statement: PreparedStatement, _ column: Int32) -> Bool {
        statement.integer(column) != 0
    }
}

extension Double: SQLiteReadable {
    static func read(from statement: PreparedStatement, _ column: Int32) -> Double {
        statement.double(column)
    }
}

extension String: SQLiteReadable {
    static func read(from statement: PreparedStatement, _ column: Int32) -> String {
        statement.text(column)
    }
}

extension [UInt8]: SQLiteReadable {
    static func read(from statement: PreparedStatement, _ column: Int32) -> [UInt8] {
        statement.bytes(column)
    }
}

extension RawJSON: SQLiteReadable {
    static func read(from statement: PreparedStatement, _ column: Int32) -> RawJSON {
        RawJSON(checked: statement.bytes(column))
    }
}

extension Timestamp: SQLiteReadable {
    static func read(from statement: PreparedStatement, _ column: Int32) -> Timestamp {
        Timestamp(microseconds: statement.integer(column))
    }
}

extension ProjectID: SQLiteReadable {}
extension TaskID: SQLiteReadable {}
extension AnnotationID: SQLiteReadable {}
extension DraftID: SQLiteReadable {}
extension PredictionID: SQLiteReadable {}
extension UserID: SQLiteReadable {}
extension FileUploadID: SQLiteReadable {}
extension ViewID: SQLiteReadable {}
extension TrashID: SQLiteReadable {}
extension SharedLabelID: SQLiteReadable {}
extension LabelLinkID: SQLiteReadable {}
extension JobID: SQLiteReadable {}
extension WebhookID: SQLiteReadable {}
extension DeliveryID: SQLiteReadable {}
extension MLBackendID: SQLiteReadable {}
extension LinkedStorageID: SQLiteReadable {}

extension Identifier {
    static func read(from statement: PreparedStatement, _ column: Int32) -> Self {
        Self(rawValue: statement.integer(column))
    }
}

extension Optional: SQLiteReadable where Wrapped: SQLiteReadable {
    static func read(from statement: PreparedStatement, _ column: Int32) -> Wrapped? {
        statement.isNull(column) ? nil : Wrapped.read(from: statement, column)
    }
}
