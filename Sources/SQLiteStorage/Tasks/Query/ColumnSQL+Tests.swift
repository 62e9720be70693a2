import Contracts
import LabelModel

extension ColumnSQL {
    /// Adds what is true when the column passes the test.
    func add(_ test: TaskTest, to pieces: inout SQLPieces) throws(StorageError) {
        switch try form {
        case .value(let value, let isCount):
            if case .isEmpty = test { return Self.addIsEmpty(value, isCount, to: &pieces) }
            try addComparison(of: value, with: test, to: &pieces)
        case .rows(let source, let value):
            if case .isEmpty = test {
                return pieces.add("NOT EXISTS (SELECT 1 FROM \(source))")
            }
            var compared = SQLPieces()
            compared.add(value)
            pieces.add("EXISTS (SELECT 1 FROM \(source) AND (")
            try addComparison(of: compared, with: test, to: &pieces)
            pieces.add("))")
        }
    }

    private static func addIsEmpty(
        _ value: SQLPieces,
        _ isCount: Bool,
        to pieces: inout SQLPieces
    ) {
        pieces.add("coalesce(")
        pieces.add(value)
        // A count is never missing and never a text: none of anything is 0.
        pieces.add(isCount ? ", 0) = 0" : ", '') = ''")
    }

    private func addComparison(
        of value: SQLPieces,
        with test: TaskTest,
        to pieces: inout SQLPieces
    ) throws(StorageError) {
        switch test {
        case .equal(let other):
            if isResult { return addSameJSON(value, other, to: &pieces) }
            pieces.add(value)
            pieces.add(" = ", other.bindable)
        case .less(let other): pieces.add(value, " < ", other)
        case .lessOrEqual(let other): pieces.add(value, " <= ", other)
        case .greater(let other): pieces.add(value, " > ", other)
        case .greaterOrEqual(let other): pieces.add(value, " >= ", other)
        case .between(let first, let last):
            pieces.add(value)
            pieces.add(" BETWEEN ", first.bindable, " AND ")
            pieces.add("", last.bindable)
        case .oneOf(let others):
            guard !others.isEmpty else { return pieces.add("FALSE") }
            pieces.add(value)
            pieces.add(" IN (")
            for (index, other) in others.enumerated() {
                pieces.add(index == 0 ? "" : ", ", other.bindable)
            }
            pieces.add(")")
        case .contains(let parts): try addParts(value, parts, to: &pieces)
        case .startsWith(let text):
            pieces.add("substr(")
            pieces.add(value)
            pieces.add(", 1, ", text.unicodeScalars.count, ") = ")
            pieces.add("", text)
        case .endsWith(let text):
            guard !text.isEmpty else { return pieces.add("TRUE") }
            pieces.add("substr(")
            pieces.add(value)
            pieces.add(", ", -text.unicodeScalars.count, ") = ")
            pieces.add("", text)
        case .matches(let pattern):
            // Compiled here once, so that a broken one is refused before any row is read.
            _ = try TextPattern(regularExpression: pattern)
            pieces.add("postil_matches(", pattern, ", CAST(")
            pieces.add(value)
            pieces.add(" AS TEXT))")
        case .isEmpty: pieces.add("FALSE")
        }
    }

    private var isResult: Bool {
        column == .annotationResults || column == .predictionResults
    }

    /// Compares results as values, whatever their spacing.
    private func addSameJSON(
        _ value: SQLPieces,
        _ other: TaskValue,
        to pieces: inout SQLPieces
    ) {
        guard case .text(let text) = other else { return pieces.add("FALSE") }
        pieces.add("json(")
        pieces.add(value)
        pieces.add(") = iif(json_valid(", text, "), ")
        pieces.add("json(", text, "), NULL)")
    }

    private func addParts(
        _ value: SQLPieces,
        _ parts: [String],
        to pieces: inout SQLPieces
    ) throws(StorageError) {
        guard !parts.isEmpty else { return pieces.add("FALSE") }
        try pieces.add(parts[...], joinedBy: " OR ") { (pieces, part) throws(StorageError) in
            if isResult {
                addJSONPart(value, part, to: &pieces)
            } else if part.utf8.allSatisfy({ $0 < 0x80 }) {
                pieces.add(value)
                pieces.add(" LIKE ", "%" + part.escapedForLike + "%", " ESCAPE '\\'")
            } else {
                // The engine's LIKE knows no case beyond ASCII.
                pieces.add("postil_contains(", part, ", ")
                pieces.add(value)
                pieces.add(")")
            }
        }
    }

    /// Looks in JSON text, where a client may have written a letter as it is or as an escape.
    private func addJSONPart(_ value: SQLPieces, _ part: String, to pieces: inout SQLPieces) {
        let escaped = part.escapedForJSON
        pieces.add("(instr(")
        pieces.add(value)
        pieces.add(", ", part, ") > 0")
        if escaped != part {
            pieces.add(" OR instr(")
            pieces.add(value)
            pieces.add(", ", escaped, ") > 0")
        }
        pieces.add(")")
    }
}

extension SQLPieces {
    fileprivate mutating func add(_ value: SQLPieces, _ sign: String, _ other: TaskValue) {
        add(value)
        add(sign, other.bindable)
    }
}

extension TaskValue {
    var bindable: any SQLiteBindable {
        switch self {
        case .number(let number): number
        case .text(let text): text
        case .moment(let moment): moment
        case .bool(let flag): flag
        }
    }
}

extension String {
    /// With `\` before what means something to LIKE.
    fileprivate var escapedForLike: String {
        var text = ""
        for character in self {
            if character == "%" || character == "_" || character == "\\" { text += "\\" }
            text.append(character)
        }
        return text
    }

    /// With `\u00e9` for what is not ASCII, as Python's `json` writes it.
    fileprivate var escapedForJSON: String {
        var text = ""
        for unit in utf16 {
            if unit < 0x80 {
                text.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
            } else {
                let digits = String(unit, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            }
        }
        return text
    }
}
