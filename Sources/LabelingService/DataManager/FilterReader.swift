import Contracts
import LabelModel
import ValueTree

/// Reads one filter: its column, operator, type and value.
struct FilterReader {
    let item: JSONText
    let value: JSONText
    let pointer: String

    /// Texts that one filter looks for; each is a condition of its own in SQL.
    private static let partLimit = 500
    /// Values that one filter compares with.
    private static let valueLimit = 10_000

    private static let operators =
        "equal, not_equal, less, greater, less_or_equal, greater_or_equal, in, not_in, in_list, "
        + "not_in_list, empty, exists, not_exists, contains, not_contains, starts_with, ends_with, "
        + "regex"

    func condition(on name: some StringProtocol) throws(ServiceError) -> TaskCondition {
        guard let column = TaskColumn(name: name) else {
            throw TaskQueryReader.fault("There is no column “\(name)”.", "\(pointer)/filter")
        }
        var condition = try condition(on: column)
        condition.place = "\(pointer)/value"
        return condition
    }

    private func condition(on column: TaskColumn) throws(ServiceError) -> TaskCondition {
        let name = item["operator"]?.string ?? ""
        switch name {
        case "equal": return TaskCondition(column, try equality(column))
        case "not_equal": return TaskCondition(column, try equality(column), isNegated: true)
        case "less": return TaskCondition(column, .less(try single(column)))
        case "greater": return TaskCondition(column, .greater(try single(column)))
        case "less_or_equal": return TaskCondition(column, .lessOrEqual(try single(column)))
        case "greater_or_equal": return TaskCondition(column, .greaterOrEqual(try single(column)))
        case "in": return TaskCondition(column, try range(column))
        case "not_in": return TaskCondition(column, try range(column), isNegated: true)
        case "in_list": return TaskCondition(column, .oneOf(try list(column)))
        case "not_in_list": return TaskCondition(column, .oneOf(try list(column)), isNegated: true)
        case "empty": return TaskCondition(column, .isEmpty, isNegated: try !truth())
        case "exists": return TaskCondition(column, .isEmpty, isNegated: try truth())
        case "not_exists": return TaskCondition(column, .isEmpty, isNegated: try !truth())
        case "contains": return TaskCondition(column, try part(column))
        case "not_contains": return TaskCondition(column, try part(column), isNegated: true)
        case "starts_with": return TaskCondition(column, .startsWith(try text()))
        case "ends_with": return TaskCondition(column, .endsWith(try text()))
        case "regex": return TaskCondition(column, .matches(try text()))
        default:
            throw TaskQueryReader.fault(
                "“\(name)” is no operator.",
                "\(pointer)/operator",
                Self.operators
            )
        }
    }

    // MARK: Values

    /// A list counts as its elements, since people pick several from a menu.
    private func equality(_ column: TaskColumn) throws(ServiceError) -> TaskTest {
        switch (column.valueKind, value.kind) {
        case (.identifier, _), (_, .array): .oneOf(try list(column))
        default: .equal(try single(column))
        }
    }

    /// Whom or which, for columns of ids; a part of the text for others.
    private func part(_ column: TaskColumn) throws(ServiceError) -> TaskTest {
        if case .identifier = column.valueKind { return .oneOf(try list(column)) }
        guard value.kind == .array else { return .contains([try text()]) }
        guard value.count <= Self.partLimit else {
            throw fault("A filter looks for at most \(Self.partLimit) texts.")
        }
        var parts: [String] = []
        for element in value.elements { parts.append(try text(element)) }
        return .contains(parts)
    }

    private func range(_ column: TaskColumn) throws(ServiceError) -> TaskTest {
        guard let first = value["min"], let last = value["max"] else {
            throw fault("A range is an object with “min” and “max”.")
        }
        // An open end is no end.
        switch (first.isNull, last.isNull) {
        case (true, true): throw fault("A range has a “min” or a “max”.")
        case (true, false): return .lessOrEqual(try single(last, column))
        case (false, true): return .greaterOrEqual(try single(first, column))
        case (false, false):
            return .between(try single(first, column), try single(last, column))
        }
    }

    private func list(_ column: TaskColumn) throws(ServiceError) -> [TaskValue] {
        let values = try elements(column)
        guard values.count <= Self.valueLimit else {
            throw fault("A filter compares with at most \(Self.valueLimit) values.")
        }
        return values
    }

    private func elements(_ column: TaskColumn) throws(ServiceError) -> [TaskValue] {
        if value.kind == .array {
            var values: [TaskValue] = []
            for element in value.elements { values.append(try single(element, column)) }
            return values
        }
        guard case .identifier = column.valueKind, let text = value.string else {
            return [try single(column)]
        }
        var numbers: [TaskValue] = []
        for piece in text.split(whereSeparator: { ",; ".contains($0) }) {
            guard let number = Double(piece) else { throw fault("“\(piece)” is no id.") }
            numbers.append(.number(number))
        }
        return numbers
    }

    private func single(_ column: TaskColumn) throws(ServiceError) -> TaskValue {
        try single(value, column)
    }

    private func single(_ value: JSONText, _ column: TaskColumn) throws(ServiceError) -> TaskValue {
        switch column.valueKind {
        case .number, .identifier: return .number(try number(value))
        case .moment: return .moment(try moment(value))
        case .bool: return .bool(try truth(value))
        case .text: return .text(try text(value))
        case .any:
            switch item["type"]?.string {
            case "Number": return .number(try number(value))
            case "Boolean": return .bool(try truth(value))
            default: return .text(try text(value))
            }
        }
    }

    private func number(_ value: JSONText) throws(ServiceError) -> Double {
        guard let number = value.double ?? value.string.flatMap({ Double($0) }), number.isFinite
        else { throw fault("“\(value.string ?? value.rawText)” is not a number.") }
        return number
    }

    private func moment(_ value: JSONText) throws(ServiceError) -> Timestamp {
        guard let text = value.string, let moment = Timestamp(iso8601: text) else {
            throw fault("This is not a moment such as 2026-01-31T08:05:09.000Z.")
        }
        return moment
    }

    private func truth() throws(ServiceError) -> Bool {
        try truth(value)
    }

    private func truth(_ value: JSONText) throws(ServiceError) -> Bool {
        if let truth = value.bool { return truth }
        switch (value.string ?? value.rawText).lowercased() {
        case "true", "1", "yes": return true
        case "false", "0", "no", "": return false
        default: throw fault("This is neither true nor false.")
        }
    }

    private func text() throws(ServiceError) -> String {
        try text(value)
    }

    private func text(_ value: JSONText) throws(ServiceError) -> String {
        switch value.kind {
        case .string: value.string ?? ""
        case .number, .bool, .array, .object: value.rawText
        case .null: throw fault("A text is missing.")
        }
    }

    private func fault(_ message: String) -> ServiceError {
        TaskQueryReader.fault(message, "\(pointer)/value")
    }
}
