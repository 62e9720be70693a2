import ValueTree

/// The part of JSON Schema that settings of a capability can be described with.
///
/// `type` (object, array, string, number, integer, boolean), `properties`, `required`,
/// `additionalProperties` (true or false; false when it is left out), `items`, `enum`, `minimum`,
/// `maximum`, `minLength`, `maxLength`, `minItems`, `maxItems`, `default`; for people `title`,
/// `description`, `examples`, and keys that start with `x-`. Any other keyword is a mistake of the
/// schema: a rule that is not checked must not look as if it were.
struct SettingsSchema: Sendable {
    indirect enum Node: Sendable {
        case object(Fields, default: JSONText?)
        case array(items: Node?, count: ClosedRange<Int>, default: JSONText?)
        case string(length: ClosedRange<Int>, words: [String]?, default: JSONText?)
        case number(
            range: ClosedRange<Double>,
            isInteger: Bool,
            values: [Double]?,
            default: JSONText?
        )
        case boolean(default: JSONText?)

        var defaultValue: JSONText? {
            switch self {
            case .object(_, let value), .array(_, _, let value), .string(_, _, let value),
                .number(_, _, _, let value), .boolean(let value):
                value
            }
        }
    }

    /// The properties of an object, in the order of the schema.
    struct Fields: Sendable {
        struct Field: Sendable {
            var name: String
            var node: Node
            var isRequired: Bool
        }

        var fields: [Field]
        var isOpen: Bool
    }

    let root: Fields

    /// Reads a schema.
    ///
    /// - Throws: The first mistake in it, with a pointer as ``ValueTree/JSONText/pointer`` gives it.
    init(_ text: JSONText) throws(SettingsProblem) {
        guard case .object(let fields, _) = try SettingsSchemaReader.node(text, depth: 0) else {
            throw SettingsProblem("The type of settings is object.", at: text.pointer)
        }
        root = fields
    }
}
