import CPCRE2
import Contracts

/// A pattern to look for in texts: a regular expression, or a text without regard to case.
///
/// People type these, so matching has a limit: a pattern that backtracks without end is refused
/// and does not keep a reader's thread.
@safe final class TextPattern: Sendable {
    /// Steps that one text may cost.
    private static let stepLimit: UInt32 = 1_000_000
    /// Bytes of a pattern.
    static let lengthLimit = 10_000

    enum Outcome {
        case matches, differs, tooSlow
    }

    /// PCRE2 only reads compiled patterns and contexts while it matches, so threads may share them.
    private nonisolated(unsafe) let code: OpaquePointer
    private nonisolated(unsafe) let context: OpaquePointer

    /// Compiles a regular expression.
    ///
    /// - Throws: ``StorageError`` `invalid` that says what is wrong with it.
    convenience init(regularExpression text: String) throws(StorageError) {
        try self.init(text, options: PCRE2_UTF)
    }

    /// Compiles a regular expression that has to match from the beginning of a text on.
    convenience init(beginning text: String) throws(StorageError) {
        try self.init(text, options: PCRE2_UTF | UInt32(PCRE2_ANCHORED))
    }

    /// A text that is looked for as it stands, without regard to case.
    convenience init(part text: String) throws(StorageError) {
        try self.init(text, options: PCRE2_UTF | PCRE2_LITERAL | PCRE2_CASELESS)
    }

    private init(_ text: String, options: UInt32) throws(StorageError) {
        guard text.utf8.count <= Self.lengthLimit else {
            throw StorageError(
                .invalid,
                "A pattern has at most \(Self.lengthLimit) bytes, not \(text.utf8.count)."
            )
        }
        var number: Int32 = 0
        var offset = 0
        let pattern = Array(text.utf8)
        let compiled = unsafe pcre2_compile_8(
            pattern,
            pattern.count,
            options,
            &number,
            &offset,
            nil
        )
        guard let code = unsafe compiled, let context = unsafe pcre2_match_context_create_8(nil)
        else {
            throw StorageError(
                .invalid,
                "The regular expression is broken after \(offset) bytes: \(Self.message(number))."
            )
        }
        _ = unsafe pcre2_set_match_limit_8(context, Self.stepLimit)
        unsafe self.code = code
        unsafe self.context = context
    }

    deinit {
        unsafe pcre2_match_context_free_8(context)
        unsafe pcre2_code_free_8(code)
    }

    /// Looks for the pattern anywhere in a text.
    func look(in text: String) -> Outcome {
        guard let data = unsafe pcre2_match_data_create_from_pattern_8(code, nil) else {
            return .tooSlow
        }
        defer { unsafe pcre2_match_data_free_8(data) }
        var text = text
        let result = text.withUTF8 { bytes in
            // An empty buffer may have no address; PCRE2 wants one.
            guard let start = bytes.baseAddress else {
                return unsafe pcre2_match_8(code, [0], 0, 0, 0, data, context)
            }
            return unsafe pcre2_match_8(code, start, bytes.count, 0, 0, data, context)
        }
        switch result {
        case 0...: return .matches
        case PCRE2_ERROR_NOMATCH: return .differs
        default: return .tooSlow
        }
    }

    private static func message(_ number: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 200)
        let count = unsafe pcre2_get_error_message_8(number, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(0, Int(count))), as: UTF8.self)
    }
}
