import Contracts
import LabelModel

/// A query of tasks as SQL over `tasks t`, with the values for its `?`.
///
/// Only names of this module become part of the text; whatever people send is bound.
struct TaskQuerySQL: Sendable {
    private(set) var condition: String
    private(set) var conditionValues: [any SQLiteBindable]
    /// What follows `ORDER BY`.
    private(set) var order: String
    private(set) var orderValues: [any SQLiteBindable]
    /// Where the first regular expression was asked for: what errors of the engine are about.
    private let patternPlace: String?

    /// Puts a query together.
    ///
    /// - Throws: ``StorageError`` `invalid` when a regular expression or a field's name is none.
    init(_ query: TaskQuery, of project: ProjectID) throws(StorageError) {
        var text = SQLPieces()
        text.add("t.project_id = ", project)
        text.add(" AND \(LabelingTask.isVisible)")
        if let filter = query.filter {
            text.add(" AND ")
            try text.add(filter)
        }
        switch query.selection {
        case .all: break
        case .only(let ids):
            text.add(" AND t.id IN (SELECT value FROM json_each(", ids.jsonText, "))")
        case .except(let ids):
            text.add(" AND t.id NOT IN (SELECT value FROM json_each(", ids.jsonText, "))")
        }
        condition = text.text
        conditionValues = text.values
        patternPlace = text.patternPlace

        var keys = SQLPieces()
        for key in query.order {
            let column = ColumnSQL(key.column, isNumeric: key.isNumeric)
            try keys.add(column: column)
            keys.add(key.isDescending ? " DESC NULLS LAST, " : " NULLS LAST, ")
        }
        keys.add("t.inner_id")
        order = keys.text
        orderValues = keys.values
    }

    /// Runs a statement with the condition; what the engine cannot do for it gets its place.
    func run<Value>(_ statement: () throws(StorageError) -> Value) throws(StorageError) -> Value {
        do {
            return try statement()
        } catch {
            var error = error
            if error.code == .invalid, error.place == nil { error.place = patternPlace }
            throw error
        }
    }
}

extension [TaskID] {
    /// A JSON array, which stands for any number of values behind one `?`.
    var jsonText: String {
        "[" + map(\.description).joined(separator: ",") + "]"
    }
}

/// Text of a statement that grows, with the values for its `?` in the same order.
struct SQLPieces: Sendable {
    private(set) var text = ""
    private(set) var values: [any SQLiteBindable] = []
    /// Where the first regular expression was asked for.
    private(set) var patternPlace: String?

    mutating func add(_ piece: String) {
        text += piece
    }

    mutating func add(_ piece: String, _ value: any SQLiteBindable, _ rest: String = "") {
        text += piece + "?" + rest
        values.append(value)
    }

    mutating func add(_ pieces: SQLPieces) {
        text += pieces.text
        values += pieces.values
    }

    /// Adds a filter, between parentheses.
    mutating func add(_ filter: TaskFilter) throws(StorageError) {
        switch filter {
        case .condition(let condition): try add(condition)
        case .all(let parts): try add(parts, joinedBy: " AND ")
        case .any(let parts): try add(parts, joinedBy: " OR ")
        }
    }

    private mutating func add(
        _ parts: [TaskFilter],
        joinedBy word: String
    ) throws(StorageError) {
        guard !parts.isEmpty else { return add("TRUE") }
        try add(parts[...], joinedBy: word) { (pieces, part) throws(StorageError) in
            try pieces.add(part)
        }
    }

    /// Adds parts between parentheses, by halves: the engine refuses what nests too deep, and a row
    /// of a thousand `OR` is a thousand deep.
    mutating func add<Part>(
        _ parts: ArraySlice<Part>,
        joinedBy word: String,
        _ addPart: (inout SQLPieces, Part) throws(StorageError) -> Void
    ) throws(StorageError) {
        guard parts.count > 1 else {
            for part in parts { try addPart(&self, part) }
            return
        }
        let middle = parts.startIndex + parts.count / 2
        add("(")
        try add(parts[..<middle], joinedBy: word, addPart)
        add(word)
        try add(parts[middle...], joinedBy: word, addPart)
        add(")")
    }

    private mutating func add(_ condition: TaskCondition) throws(StorageError) {
        // Three-valued logic: what is unknown does not pass, but passes its negation.
        add("((")
        let column = ColumnSQL(condition.column, comparedWith: condition.test)
        do {
            try column.add(condition.test, to: &self)
        } catch {
            var error = error
            error.place = condition.place
            throw error
        }
        if case .matches = condition.test { patternPlace = patternPlace ?? condition.place }
        add(condition.isNegated ? ") IS NOT TRUE)" : ") IS TRUE)")
    }

    /// Adds the expression of a column's one value, as orders compare it.
    mutating func add(column: ColumnSQL) throws(StorageError) {
        add(try column.ordered)
    }
}
