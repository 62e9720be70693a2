import Contracts
import LabelModel
import ValueTree

/// Compares settings with their schema, and fills in what was left out.
enum SettingsCheck {
    /// Checks settings of a capability and fills in defaults.
    ///
    /// - Throws: `settings_invalid` with the first problem and its pointer.
    static func checked(
        _ settings: RawJSON,
        _ capability: PluginManifest.Capability,
        of plugin: PluginVersion
    ) throws(PluginError) -> RawJSON {
        let schema: SettingsSchema
        let value: JSONText
        do {
            schema = try SettingsSchema(
                JSONText(
                    parsing: capability.settingsSchema?.bytes ?? Array(#"{"type":"object"}"#.utf8)
                )
            )
            value = try JSONText(parsing: settings.bytes)
        } catch let error as JSONTextError {
            throw PluginError(.settingsInvalid, error.message, plugin: plugin, pointer: "")
        } catch {
            throw PluginError(.settingsInvalid, "\(error)", plugin: plugin, pointer: "")
        }
        guard let problem = problems(value, schema.root, at: "").first else {
            return completed(value, schema.root)
        }
        throw PluginError(
            .settingsInvalid,
            "The settings of \(capability.name) do not fit: \(problem.message)",
            hint: problem.hint,
            plugin: plugin,
            pointer: problem.pointer
        )
    }

    /// Compares a value with a part of the schema.
    ///
    /// - Parameters:
    ///   - value: What was said.
    ///   - node: What may be said.
    ///   - pointer: JSON pointer of `value`.
    /// - Returns: What is wrong, in the order of the schema; empty for nothing.
    static func problems(_ value: JSONText, _ node: SettingsSchema.Node, at pointer: String)
        -> [SettingsProblem]
    {
        switch node {
        case .object(let fields, _):
            return problems(value, fields, at: pointer)
        case .array(let items, let count, _):
            return array(value, items, count, at: pointer)
        case .string(let length, let words, _):
            return string(value, length, words, at: pointer)
        case .number(let range, let isInteger, let values, _):
            return number(value, range, isInteger, values, at: pointer)
        case .boolean:
            return value.bool == nil ? [wrongType(value, "true or false", at: pointer)] : []
        }
    }

    static func problems(_ value: JSONText, _ fields: SettingsSchema.Fields, at pointer: String)
        -> [SettingsProblem]
    {
        guard value.kind == .object else { return [wrongType(value, "an object", at: pointer)] }
        var problems: [SettingsProblem] = []
        for field in fields.fields {
            guard let inner = value[field.name] else {
                if field.isRequired && field.node.defaultValue == nil {
                    problems.append(SettingsProblem("`\(field.name)` is missing.", at: pointer))
                }
                continue
            }
            problems += self.problems(inner, field.node, at: join(pointer, field.name))
        }
        guard !fields.isOpen else { return problems }
        let known = Set(fields.fields.map(\.name))
        for member in value.members where !known.contains(member.name) {
            problems.append(
                SettingsProblem(
                    "There is no setting `\(member.name)`.",
                    at: join(pointer, member.name),
                    hint: known.isEmpty ? nil : "Known: \(known.sorted().joined(separator: ", "))."
                )
            )
        }
        return problems
    }

    /// The settings as JSON, with defaults where nothing was said.
    static func completed(_ value: JSONText, _ fields: SettingsSchema.Fields) -> RawJSON {
        var writer = JSONWriter()
        write(value, fields, to: &writer)
        return RawJSON(checked: writer.bytes)
    }

    private static func write(
        _ value: JSONText?,
        _ fields: SettingsSchema.Fields,
        to writer: inout JSONWriter
    ) {
        writer.object { writer in
            let known = Set(fields.fields.map(\.name))
            for field in fields.fields {
                let given = value?[field.name]
                if case .object(let inner, let fallback) = field.node, given ?? fallback != nil {
                    writer.key(field.name)
                    write(given ?? fallback, inner, to: &writer)
                } else if let chosen = given ?? field.node.defaultValue {
                    writer.key(field.name)
                    writer.raw(chosen.rawBytes)
                }
            }
            for member in value.map({ Array($0.members) }) ?? [] where !known.contains(member.name)
            {
                writer.key(member.name)
                writer.raw(member.value.rawBytes)
            }
        }
    }

    private static func array(
        _ value: JSONText,
        _ items: SettingsSchema.Node?,
        _ count: ClosedRange<Int>,
        at pointer: String
    ) -> [SettingsProblem] {
        guard value.kind == .array else { return [wrongType(value, "an array", at: pointer)] }
        guard count.contains(value.count) else {
            return [SettingsProblem("\(inWords(count)) items belong here.", at: pointer)]
        }
        guard let items else { return [] }
        return value.elements.enumerated().flatMap { index, element in
            problems(element, items, at: "\(pointer)/\(index)")
        }
    }

    private static func string(
        _ value: JSONText,
        _ length: ClosedRange<Int>,
        _ words: [String]?,
        at pointer: String
    ) -> [SettingsProblem] {
        guard let text = value.string else { return [wrongType(value, "a string", at: pointer)] }
        if let words, !words.contains(text) {
            return [
                SettingsProblem(
                    "`\(text)` is not one of the choices.",
                    at: pointer,
                    hint: "One of: \(words.joined(separator: ", "))."
                )
            ]
        }
        guard length.contains(text.unicodeScalars.count) else {
            return [SettingsProblem("\(inWords(length)) characters belong here.", at: pointer)]
        }
        return []
    }

    private static func number(
        _ value: JSONText,
        _ range: ClosedRange<Double>,
        _ isInteger: Bool,
        _ values: [Double]?,
        at pointer: String
    ) -> [SettingsProblem] {
        guard value.kind == .number, let number = value.double, !isInteger || value.int64 != nil
        else {
            return [wrongType(value, isInteger ? "a whole number" : "a number", at: pointer)]
        }
        if let values, !values.contains(number) {
            return [SettingsProblem("\(value.rawText) is not one of the choices.", at: pointer)]
        }
        if number < range.lowerBound {
            return [SettingsProblem("The least is \(range.lowerBound).", at: pointer)]
        }
        if number > range.upperBound {
            return [SettingsProblem("The most is \(range.upperBound).", at: pointer)]
        }
        return []
    }

    private static func wrongType(_ value: JSONText, _ wanted: String, at pointer: String)
        -> SettingsProblem
    {
        SettingsProblem(
            "\(wanted.capitalizedFirst) belongs here, not \(value.kindInWords).",
            at: pointer
        )
    }

    private static func inWords(_ range: ClosedRange<Int>) -> String {
        range.upperBound == Int.max
            ? "\(range.lowerBound) or more" : "\(range.lowerBound) to \(range.upperBound)"
    }

    /// RFC 6901: `~` and `/` in a name are escaped.
    private static func join(_ pointer: String, _ name: String) -> String {
        var escaped = ""
        for character in name {
            switch character {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.append(character)
            }
        }
        return "\(pointer)/\(escaped)"
    }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
