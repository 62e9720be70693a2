internal import LabelModel

extension Schema {
    func write(to writer: inout JSONWriter) {
        writer.object { writeMembers(to: &$0) }
    }

    private func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .any: break
        case .boolean: writer.member("type", "boolean")
        case .integer: writer.member("type", "integer")
        case .number: writer.member("type", "number")
        case .string: writer.member("type", "string")
        case .dateTime:
            writer.member("type", "string")
            writer.member("format", "date-time")
        case .nullable(let schema):
            writer.key("anyOf")
            writer.array { writer in
                schema.write(to: &writer)
                writer.object { $0.member("type", "null") }
            }
        case .array(let schema):
            writer.member("type", "array")
            writer.key("items")
            schema.write(to: &writer)
        case .map(let schema):
            writer.member("type", "object")
            writer.key("additionalProperties")
            schema.write(to: &writer)
        case .object(let members):
            writer.member("type", "object")
            writer.key("properties")
            writer.object { writer in
                for member in members {
                    writer.key(member.name)
                    member.schema.write(to: &writer)
                }
            }
            let required = members.filter(\.isRequired).map(\.name)
            if !required.isEmpty {
                writer.key("required")
                writer.strings(required)
            }
        case .oneOf(let names):
            writer.member("type", "string")
            writer.key("enum")
            writer.strings(names)
        case .reference(let component):
            writer.member("$ref", "#/components/schemas/\(component.rawValue)")
        }
    }
}
