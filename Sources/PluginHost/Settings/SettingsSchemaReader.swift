import ValueTree

/// Reads a ``SettingsSchema`` and checks that it says nothing this host would not heed.
enum SettingsSchemaReader {
    private static let maximumDepth = 8

    /// Keywords that only people read.
    private static let annotations: Set<String> = [
        "$schema", "title", "description", "examples", "default", "type",
    ]

    private static let keywords: [String: Set<String>] = [
        "object": ["properties", "required", "additionalProperties"],
        "array": ["items", "minItems", "maxItems"],
        "string": ["minLength", "maxLength", "enum"],
        "number": ["minimum", "maximum", "enum"],
        "integer": ["minimum", "maximum", "enum"],
        "boolean": [],
    ]

    static func node(_ text: JSONText, depth: Int) throws(SettingsProblem) -> SettingsSchema.Node {
        guard depth <= maximumDepth else {
            throw SettingsProblem(
                "A schema nests at most \(maximumDepth) levels.",
                at: text.pointer
            )
        }
        guard text.kind == .object, let type = text["type"]?.string, let known = keywords[type]
        else {
            throw SettingsProblem(
                "A schema is an object with a `type`.",
                at: text.pointer,
                hint: "One of: \(keywords.keys.sorted().joined(separator: ", "))."
            )
        }
        for member in text.members
        where !known.contains(member.name) && !annotations.contains(member.name)
            && !member.name.hasPrefix("x-")
        {
            throw SettingsProblem(
                "`\(member.name)` is not a keyword for \(type) here.",
                at: member.value.pointer,
                hint: "Known: \(known.union(annotations).sorted().joined(separator: ", "))."
            )
        }
        let node = try node(text, type: type, depth: depth)
        if let value = node.defaultValue,
            let problem = SettingsCheck.problems(value, node, at: value.pointer).first
        {
            throw SettingsProblem("The default does not fit: \(problem.message)", at: value.pointer)
        }
        return node
    }

    private static func node(_ text: JSONText, type: String, depth: Int)
        throws(SettingsProblem) -> SettingsSchema.Node
    {
        let value = text["default"]
        switch type {
        case "object":
            return .object(try fields(text, depth: depth), default: value)
        case "array":
            let items = try text["items"].map { (item) throws(SettingsProblem) in
                try node(item, depth: depth + 1)
            }
            return .array(items: items, count: try counts(text, "Items"), default: value)
        case "string":
            return .string(
                length: try counts(text, "Length"),
                words: try values(text) { $0.string },
                default: value
            )
        case "boolean":
            return .boolean(default: value)
        default:
            return .number(
                range: try bounds(text),
                isInteger: type == "integer",
                values: try values(text) { $0.double },
                default: value
            )
        }
    }

    private static func fields(_ text: JSONText, depth: Int)
        throws(SettingsProblem) -> SettingsSchema.Fields
    {
        let required = Set(text["required"].map { $0.elements.compactMap(\.string) } ?? [])
        var fields: [SettingsSchema.Fields.Field] = []
        for member in text["properties"].map({ Array($0.members) }) ?? [] {
            fields.append(
                SettingsSchema.Fields.Field(
                    name: member.name,
                    node: try node(member.value, depth: depth + 1),
                    isRequired: required.contains(member.name)
                )
            )
        }
        if let stray = required.subtracting(fields.map(\.name)).min() {
            throw SettingsProblem(
                "`required` names `\(stray)`, which is no property.",
                at: text["required"]?.pointer ?? text.pointer
            )
        }
        var isOpen = false
        if let value = text["additionalProperties"] {
            guard let flag = value.bool else {
                throw SettingsProblem(
                    "`additionalProperties` is true or false here.",
                    at: value.pointer
                )
            }
            isOpen = flag
        }
        return SettingsSchema.Fields(fields: fields, isOpen: isOpen)
    }

    /// `min…` and `max…` of a length or a number of items.
    private static func counts(_ text: JSONText, _ suffix: String)
        throws(SettingsProblem) -> ClosedRange<Int>
    {
        let least = try count(text["min" + suffix]) ?? 0
        let most = try count(text["max" + suffix]) ?? Int.max
        guard least <= most else {
            throw SettingsProblem("The least is above the most.", at: text.pointer)
        }
        return least...most
    }

    private static func count(_ text: JSONText?) throws(SettingsProblem) -> Int? {
        guard let text else { return nil }
        guard let count = text.int, count >= 0 else {
            throw SettingsProblem("A whole number from 0 belongs here.", at: text.pointer)
        }
        return count
    }

    private static func bounds(_ text: JSONText) throws(SettingsProblem) -> ClosedRange<Double> {
        let least = try bound(text["minimum"]) ?? -.infinity
        let most = try bound(text["maximum"]) ?? .infinity
        guard least <= most else {
            throw SettingsProblem("The minimum is above the maximum.", at: text.pointer)
        }
        return least...most
    }

    private static func bound(_ text: JSONText?) throws(SettingsProblem) -> Double? {
        guard let text else { return nil }
        guard let number = text.double else {
            throw SettingsProblem("A number belongs here.", at: text.pointer)
        }
        return number
    }

    /// `enum`, all of one type.
    private static func values<Value>(_ text: JSONText, _ read: (JSONText) -> Value?)
        throws(SettingsProblem) -> [Value]?
    {
        guard let list = text["enum"] else { return nil }
        let values = list.elements.compactMap(read)
        guard list.kind == .array, !values.isEmpty, values.count == list.count else {
            throw SettingsProblem("`enum` lists one or more values of the type.", at: list.pointer)
        }
        return values
    }
}
