/// Why a text is not the JSON that was asked for, and where.
public struct JSONTextError: Error, Hashable, Sendable {
    /// The class of the error, for programs.
    ///
    /// The raw values are stable.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        case empty = "json_empty"
        case syntax = "json_syntax"
        case truncated = "json_truncated"
        case trailingText = "json_trailing_text"
        case notUTF8 = "json_not_utf8"
        case controlCharacter = "json_control_character"
        case escape = "json_escape"
        case number = "json_number"
        case tooDeep = "json_too_deep"
        case tooLarge = "json_too_large"
    }

    public var code: Code

    /// Bytes before the first one that is wrong.
    ///
    /// Equal to the text's length if it ends too early.
    public var offset: Int

    /// Of `offset`, from 1.
    public var line: Int

    /// Of `offset` in its line, from 1.
    ///
    /// Counts bytes.
    public var column: Int

    /// JSON pointer of the innermost value that is known to be open there; "" is the root.
    public var pointer: String

    /// One sentence for people.
    ///
    /// It does not repeat the place.
    public var message: String

    public init(
        code: Code,
        offset: Int,
        line: Int,
        column: Int,
        pointer: String = "",
        message: String? = nil
    ) {
        self.code = code
        self.offset = offset
        self.line = line
        self.column = column
        self.pointer = pointer
        self.message = message ?? code.sentence
    }

    /// The same error as a part of a longer text.
    ///
    /// - Parameters:
    ///   - offset: Of the part's first byte in the longer text.
    ///   - line: Of the part's first byte, from 1.
    ///   - column: Of the part's first byte, from 1.
    ///   - pointer: Of the part's value in the longer text.
    /// - Returns: An error whose place is the one in the longer text.
    public func moved(
        toOffset offset: Int,
        line: Int,
        column: Int,
        pointer: String
    ) -> JSONTextError {
        var moved = self
        moved.offset += offset
        moved.column += self.line == 1 ? column - 1 : 0
        moved.line += line - 1
        moved.pointer = pointer + self.pointer
        return moved
    }
}

extension JSONTextError: CustomStringConvertible {
    public var description: String {
        let place = pointer.isEmpty ? "" : " at \(pointer)"
        return "\(code.rawValue): \(message) (line \(line), column \(column)\(place))"
    }
}

extension JSONTextError.Code {
    var sentence: String {
        switch self {
        case .empty: "There is no JSON value in the text."
        case .syntax: "Something else was expected here."
        case .truncated: "The text ends before the JSON value is complete."
        case .trailingText: "Nothing may follow the JSON value."
        case .notUTF8: "The text is not UTF-8 here."
        case .controlCharacter:
            "A control character in a string must be written as an escape, such as \\n."
        case .escape: "The escape is unknown, or half of a surrogate pair."
        case .number: "This is not a number that JSON knows."
        case .tooDeep: "Arrays and objects are nested more than 128 deep."
        case .tooLarge: "The value is larger than allowed."
        }
    }
}
