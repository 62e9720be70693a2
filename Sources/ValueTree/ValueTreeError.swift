/// Why a value tree was refused.
public struct ValueTreeError: Error, Hashable, Sendable {
    /// The class of the error, for programs.
    public enum Code: String, Hashable, Sendable, CaseIterable {
        /// An offset, a kind or an order that cannot be, or a builder that was used wrongly.
        case malformed = "value_tree_malformed"
        case notUTF8 = "value_tree_not_utf8"
        case number = "value_tree_number"
        case tooDeep = "value_tree_too_deep"
        case tooLarge = "value_tree_too_large"
        /// A root that was given as text is not JSON; the cause is in `text`.
        case text = "value_tree_text"
    }

    public var code: Code

    /// The root it is about, from 0.
    public var root: Int

    /// Bytes from the start of the arena; in the text if the code is `text`.
    public var offset: Int

    /// What is wrong with a root that was given as text.
    public var text: JSONTextError?

    /// One sentence for people.
    public var message: String

    public init(code: Code, root: Int = 0, offset: Int = 0, text: JSONTextError? = nil) {
        self.code = code
        self.root = root
        self.offset = offset
        self.text = text
        message = text?.message ?? code.sentence
    }
}

extension ValueTreeError: CustomStringConvertible {
    public var description: String {
        "\(code.rawValue): \(message) (root \(root), byte \(offset))"
    }
}

extension ValueTreeError.Code {
    var sentence: String {
        switch self {
        case .malformed: "The tree of values is not built as the plugin interface demands."
        case .notUTF8: "A text in the tree of values is not UTF-8."
        case .number: "A number in the tree of values is not finite, or no JSON number."
        case .tooDeep: "Arrays and objects are nested more than 128 deep."
        case .tooLarge: "The tree of values is larger than allowed."
        case .text: "A task that was given as text is not JSON."
        }
    }
}
