/// The kinds of JSON values that a field of a task's data can hold.
public enum TaskDataType: String, CaseIterable, Comparable, Sendable {
    case string
    case integer
    case number
    case boolean
    case array
    case object
    case null

    public static func < (lhs: TaskDataType, rhs: TaskDataType) -> Bool {
        lhs.rawValue < rhs.rawValue
    }
}
