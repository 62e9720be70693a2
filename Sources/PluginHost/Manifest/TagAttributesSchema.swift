import Contracts
import LabelingConfig
import ValueTree

/// A tag's attributes as its manifest declares them.
///
/// A JSON Schema of an object whose properties are the attributes. `x-postil-type` says what a text
/// means: `id`, `ref`, `color`, `field`.
enum TagAttributesSchema {
    /// Reads the schema.
    ///
    /// The attributes that every tag of the kind has are added when the schema leaves them out:
    /// `name` and `toName` of a control with results, `name` and `value` of an object.
    static func read(_ schema: JSONText?, kind: TagDefinition.Kind, hasResults: Bool)
        throws(PluginError) -> [TagAttribute]
    {
        let declared = try schema.map(properties) ?? []
        let names = Set(declared.map { $0.name.lowercased() })
        return common(kind, hasResults: hasResults).filter {
            !names.contains($0.name.lowercased())
        } + declared
    }

    private static func common(_ kind: TagDefinition.Kind, hasResults: Bool) -> [TagAttribute] {
        let name = TagAttribute("name", .identifier, required: true)
        switch kind {
        case .control where hasResults:
            return [name, TagAttribute("toName", .reference, required: true)]
        case .object:
            return [name, TagAttribute("value", .taskField, required: true)]
        case .control, .visual, .tool:
            return []
        }
    }

    private static func properties(_ schema: JSONText) throws(PluginError) -> [TagAttribute] {
        var object = try ManifestObject(schema)
        _ = try object.string("type")
        _ = try object.bool("additionalProperties")
        let required = Set(try object.strings("required"))
        let properties = try object.object("properties")
        try object.refuseUnknown()
        var attributes: [TagAttribute] = []
        for member in properties.map({ Array($0.members) }) ?? [] {
            attributes.append(
                try attribute(member.name, member.value, required: required.contains(member.name))
            )
        }
        return attributes
    }

    private static func attribute(_ name: String, _ schema: JSONText, required: Bool)
        throws(PluginError) -> TagAttribute
    {
        guard !name.isEmpty, name.utf8.count <= 64 else {
            throw .manifest("has an attribute without a proper name", at: schema.pointer)
        }
        guard schema.kind == .object else {
            throw .manifest("has \(schema.kindInWords) as an attribute", at: schema.pointer)
        }
        return TagAttribute(
            name,
            try kind(schema),
            default: schema["default"].map { $0.string ?? $0.rawText },
            required: required,
            summary: schema["description"]?.string ?? schema["title"]?.string
        )
    }

    private static func kind(_ schema: JSONText) throws(PluginError) -> TagAttribute.Kind {
        if let meaning = schema["x-postil-type"] {
            guard let kind = meaning.string.flatMap({ meanings[$0] }) else {
                throw .manifest(
                    "has \(meaning.rawText) as `x-postil-type`",
                    at: meaning.pointer,
                    hint: "One of: \(meanings.keys.sorted().joined(separator: ", "))."
                )
            }
            return kind
        }
        if let words = schema["enum"] { return .choice(words.elements.compactMap(\.string)) }
        switch schema["type"]?.string {
        case "boolean": return .boolean
        case "number": return .number
        case "integer": return .integer
        default: return .text
        }
    }

    private static let meanings: [String: TagAttribute.Kind] = [
        "id": .identifier, "ref": .reference, "color": .color, "field": .taskField,
    ]
}
