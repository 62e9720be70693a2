/// An attribute that a tag knows.
///
/// Tags keep attributes that they do not know.
public struct TagAttribute: Hashable, Sendable {
    /// What the value means.
    public enum Kind: Hashable, Sendable {
        case text
        /// `true` or `false`.
        case boolean
        /// A decimal number.
        case number
        case integer
        /// A CSS color.
        case color
        /// One of these words.
        case choice([String])
        /// The name by which other tags and results call this one; unique in the config.
        case identifier
        /// Names of other tags, separated by commas.
        case reference
        /// A field of the task's data, written `$field`, or text with such fields in it.
        case taskField
    }

    public let name: String
    public let kind: Kind
    /// What counts when the attribute is not written; `nil` for none.
    public let defaultValue: String?
    public let isRequired: Bool
    /// A sentence for the completion in the config editor; `nil` for what the name says.
    public let summary: String?

    public init(
        _ name: String,
        _ kind: Kind = .text,
        default defaultValue: String? = nil,
        required isRequired: Bool = false,
        summary: String? = nil
    ) {
        self.name = name
        self.kind = kind
        self.defaultValue = defaultValue
        self.isRequired = isRequired
        self.summary = summary
    }
}
