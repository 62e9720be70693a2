/// The way to a field of a task's data, as configs write it: `$a.b[0].c`.
public struct DataPath: Hashable, Sendable {
    public enum Step: Hashable, Sendable {
        case member(String)
        /// Counts from 0.
        case element(Int)
    }

    /// As written, without `$`.
    public let text: String
    /// At least one; the first is a member.
    public let steps: [Step]

    /// The field at the top of the data.
    public var key: String {
        if case .member(let name) = steps.first { name } else { text }
    }

    /// The path as a JSON pointer into the data.
    public var pointer: String {
        steps.map { step in
            switch step {
            case .member(let name):
                "/" + name.replacing("~", with: "~0").replacing("/", with: "~1")
            case .element(let index): "/\(index)"
            }
        }.joined()
    }

    /// The path of a value that is one field and nothing else, such as `$image`.
    ///
    /// - Returns: `nil` for a text that is fixed or only has fields in it.
    public init?(wholeValue value: String) {
        guard value.first == "$", value.count > 1 else { return nil }
        let text = String(value.drop { $0 == "$" })
        guard !text.isEmpty, !text.contains(where: { $0.isWhitespace || $0 == "$" }) else {
            return nil
        }
        self.text = text
        steps = Self.steps(text)
    }

    /// The paths of the fields that stand in a text, in order: `$first and $second`.
    public static func all(in value: String) -> [DataPath] {
        if let whole = DataPath(wholeValue: value) { return [whole] }
        return value.split(separator: "$", omittingEmptySubsequences: false).dropFirst()
            .compactMap { rest in
                let name = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" }
                return name.isEmpty ? nil : DataPath(wholeValue: "$" + name)
            }
    }

    private static func steps(_ text: String) -> [Step] {
        text.split(separator: ".").flatMap { part -> [Step] in
            let pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            let elements = pieces.dropFirst().map { piece -> Step in
                let name = piece.hasSuffix("]") ? piece.dropLast() : piece
                return Int(name).map { .element($0) } ?? .member(String(name))
            }
            let name = pieces.first.map(String.init) ?? ""
            return name.isEmpty ? elements : [.member(name)] + elements
        }
    }
}
