import Contracts
import LabelModel

/// A value that can stand for a `?` of a statement.
protocol SQLiteBindable: Sendable {
    func bind(to statement: PreparedStatement, at index: Int32)
}

extension Int64: SQLiteBindable {
    func bind(to statement: PreparedStatement, at index: Int32) {
        statement.bind(self, at: index)
    }
}

extension Int: SQLiteBindable {
    func bind(to statement: PreparedStatement, at index: Int32) {
        statement.bind(Int64(self), at: index)
    }
}

extension Bool: SQLiteBindable {
    func bind(to statement: PreparedStatement, at index: Int32) {
        statement.bind(Int64(self ? 1 : 0), at: index)
    }
}

extension Double: SQLiteBindable {
    func bind(to statement: PreparedStatement, at index: Int32) {
        statement.bind(self, at: index)
    }
}

extension String: SQLiteBindable {
    func bind(to statement: PreparedStatement, at index: Int32) {
        statement.bind(text: self, at: index)
    }
}

/// Bytes become a blob; text that is kept as bytes is a ``RawJSON``.
extension [UInt8]: SQLiteBindable {
    func bind(to statement: PreparedStatement, at index: Int32) {
        statement.bind(blob: self, at: index)
    }
}

extension RawJSON: SQLiteBindable {
    func bind(to statement: PreparedStatement, at index: Int32) {
        statement.bind(text: bytes, at: index)
    }
}

extension Timestamp: SQLiteBindable {
    func bind(to statement: PreparedStatement, at index: Int32) {
        statement.bind(microseconds, at: index)
    }
}

extension ProjectID: SQLiteBindable {}
extension TaskID: SQLiteBindable {}
extension AnnotationID: SQLiteBindable {}
extension DraftID: SQLiteBindable {}
extension PredictionID: SQLiteBindable {}
extension UserID: SQLiteBindable {}
extension FileUploadID: SQLiteBindable {}
extension ViewID: SQLiteBindable {}
extension TrashID: SQLiteBindable {}
extension SharedLabelID: SQLiteBindable {}
extension LabelLinkID: SQLiteBindable {}
extension JobID: SQLiteBindable {}
extension WebhookID: SQLiteBindable {}
extension DeliveryID: SQLiteBindable {}
extension MLBackendID: SQLiteBindable {}
extension LinkedStorageID: SQLiteBindable {}

extension Identifier {
    func bind(to statement: PreparedStatement, at index: Int32) {
        statement.bind(rawValue, at: index)
    }
}

extension RawRepresentable where RawValue == String {
    func bind(to statement: PreparedStatement, at index: Int32) {
        statement.bind(text: rawValue, at: index)
    }
}

extension Optional: SQLiteBindable where Wrapped: SQLiteBindable {
    func bind(to statement: PreparedStatement, at index: Int32) {
        switch self {
        case .some(let value): value.bind(to: statement, at: index)
        case .none: statement.bindNull(at: index)
        }
    }
}
