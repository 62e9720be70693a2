public import LabelModel

extension TagDefinition {
    /// The attributes as a JSON Schema of an object, for completion and forms in the browser.
    ///
    /// What JSON Schema has no word for stands under `x-postil-type`: `id`, `ref`, `color`, `field`.
    /// Attributes that it does not list are allowed. A plugin's manifest gives its own schema.
    public var attributesSchema: RawJSON {
        if let manifestSchema { return manifestSchema }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("type", "object")
            writer.key("properties" as StaticString)
            writer.object { writer in
                for attribute in attributes {
                    writer.key(attribute.name)
                    attribute.writeSchema(to: &writer)
                }
            }
            writer.key("required" as StaticString)
            writer.array { writer in
                attributes.filter(\.isRequired).forEach { writer.value($0.name) }
            }
        }
        return RawJSON(checked: writer.bytes)
    }
}

extension TagAttribute {
    fileprivate func writeSchema(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("type", schemaType)
            if let own = ownType { writer.member("x-postil-type", own) }
            if case .choice(let words) = kind {
                writer.key("enum" as StaticString)
                writer.array { writer in words.forEach { writer.value($0) } }
            }
            if let defaultValue { writeDefault(defaultValue, to: &writer) }
            if let summary { writer.member("description", summary) }
        }
    }

    private var schemaType: String {
        switch kind {
        case .boolean: "boolean"
        case .number: "number"
        case .integer: "integer"
        default: "string"
        }
    }

    private var ownType: String? {
        switch kind {
        case .identifier: "id"
        case .reference: "ref"
        case .color: "color"
        case .taskField: "field"
        default: nil
        }
    }

    private func writeDefault(_ value: String, to writer: inout JSONWriter) {
        writer.key("default" as StaticString)
        switch kind {
        case .boolean: writer.value(value == "true")
        case .integer: writer.value(Int(value) ?? 0)
        case .number: writer.value(Double(value) ?? 0)
        default: writer.value(value)
        }
    }
}
