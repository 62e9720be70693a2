import ValueTree

/// A value that is handed to a bound function.
enum BindingValue: Hashable, Sendable {
    case integer(Int64)
    case number(Double)
    case text([UInt8])
    case numbers([Double])

    /// Arrays inside arrays, such as the points of a polygon, are laid out one after the other.
    private static let maximumDepth = 8

    /// The value as an argument of a type; nil when it does not fit.
    init?(_ text: JSONText, _ type: BindingType) {
        switch type {
        case .i32:
            guard let value = text.int64, Int32(exactly: value) != nil else { return nil }
            self = .integer(value)
        case .i64:
            guard let value = text.int64 else { return nil }
            self = .integer(value)
        case .u64:
            guard let value = text.int64, value >= 0 else { return nil }
            self = .integer(value)
        case .f32, .f64:
            guard let value = text.double else { return nil }
            self = .number(value)
        case .utf8:
            guard let value = text.string else { return nil }
            self = .text(Array(value.utf8))
        case .doubles, .outDoubles:
            var numbers: [Double] = []
            guard text.kind == .array, Self.collect(text, into: &numbers, depth: 1) else {
                return nil
            }
            self = .numbers(numbers)
        case .outI32, .outI64, .outU64, .outF32, .outF64:
            return nil
        }
    }

    /// Bytes of a text, doubles of a list; nil for what is no pointer.
    var count: Int? {
        switch self {
        case .integer, .number: nil
        case .text(let bytes): bytes.count
        case .numbers(let numbers): numbers.count
        }
    }

    private static func collect(_ text: JSONText, into numbers: inout [Double], depth: Int) -> Bool
    {
        guard depth <= maximumDepth else { return false }
        for element in text.elements {
            if element.kind == .array {
                guard collect(element, into: &numbers, depth: depth + 1) else { return false }
            } else if let number = element.double {
                numbers.append(number)
            } else {
                return false
            }
        }
        return true
    }
}
