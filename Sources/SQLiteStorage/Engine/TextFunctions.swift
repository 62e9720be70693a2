import Contracts
import GRDB
import Synchronization

/// Functions that SQL statements of this module call on texts.
enum TextFunctions {
    /// What the engine's error begins with when a pattern takes too long.
    static let tooSlow = "postil: the pattern takes too long"

    static func add(to database: Database) {
        database.add(function: matches)
        database.add(function: contains)
        database.add(function: number)
    }

    /// `postil_matches(pattern, text)`: the regular expression matches somewhere.
    private static let matches = patternFunction("postil_matches") { text throws(StorageError) in
        try TextPattern(regularExpression: text)
    }

    /// `postil_contains(part, text)`: the text has the part, without regard to case in any script.
    private static let contains = patternFunction("postil_contains") { text throws(StorageError) in
        try TextPattern(part: text)
    }

    /// `postil_number(value)`: the number that a value is or spells, or NULL.
    private static let number = DatabaseFunction("postil_number", argumentCount: 1, pure: true) {
        (values: [DatabaseValue]) -> (any DatabaseValueConvertible)? in
        switch values[0].storage {
        case .int64(let number): number
        case .double(let number): number
        case .string(let text): Double(text)
        case .null, .blob: nil
        }
    }

    private static func patternFunction(
        _ name: String,
        _ compile: @escaping @Sendable (String) throws(StorageError) -> TextPattern
    ) -> DatabaseFunction {
        let known = PatternMemory(compile)
        return DatabaseFunction(name, argumentCount: 2, pure: true) {
            (values: [DatabaseValue]) -> (any DatabaseValueConvertible)? in
            guard let pattern = String.fromDatabaseValue(values[0]),
                let text = String.fromDatabaseValue(values[1])
            else { return nil }
            switch try known.pattern(pattern).look(in: text) {
            case .matches: return true
            case .differs: return false
            case .tooSlow: throw DatabaseError(message: tooSlow)
            }
        }
    }
}

/// Compiled patterns of queries under way, so that not every row compiles its own.
private final class PatternMemory: Sendable {
    private static let limit = 64

    private let compile: @Sendable (String) throws(StorageError) -> TextPattern
    private let patterns = Mutex<[String: TextPattern]>([:])

    init(_ compile: @escaping @Sendable (String) throws(StorageError) -> TextPattern) {
        self.compile = compile
    }

    func pattern(_ text: String) throws(StorageError) -> TextPattern {
        if let known = patterns.withLock({ $0[text] }) { return known }
        let made = try compile(text)
        patterns.withLock { patterns in
            if patterns.count >= Self.limit { patterns.removeAll() }
            patterns[text] = made
        }
        return made
    }
}
