import ValueTree

/// The part of JSON Schema that settings are described with.
///
/// Known: `type`, `enum`, `const`, `minimum`, `maximum`, `minLength`, `maxLength`, `minItems`,
/// `maxItems`, `items`, `properties`, `required`, `additionalProperties`. Other keywords do not
/// restrict anything. A member that an object schema does not list is refused unless the schema
/// says `"additionalProperties": true`, so that a misspelled setting is noticed.
struct SettingsSchema {
    struct Problem: Hashable {
        let pointer: String
        let message: String
    }

    private let schema: JSONText

    init(_ schema: JSONText) {
        self.schema = schema
    }

    /// The first thing that is wrong with a value, or nil.
    ///
    /// - Parameter pointer: Where the value stands, for the problem's pointer.
    func problem(with value: JSONText, at pointer: String) -> Problem? {
        if let problem = typeProblem(value) { return Problem(pointer: pointer, message: problem) }
        if let problem = choiceProblem(value) { return Problem(pointer: pointer, message: problem) }
        switch value.kind {
        case .number:
            return numberProblem(value).map { Problem(pointer: pointer, message: $0) }
        case .string:
            let count = value.string?.unicodeScalars.count ?? 0
            return lengthProblem(count, "Length", "characters").map {
                Problem(pointer: pointer, message: $0)
            }
        case .array: return arrayProblem(value, at: pointer)
        case .object: return objectProblem(value, at: pointer)
        case .null, .bool: return nil
        }
    }

    private func typeProblem(_ value: JSONText) -> String? {
        guard let type = schema["type"] else { return nil }
        let names = type.string.map { [$0] } ?? type.elements.compactMap(\.string)
        let fits = names.contains { name in
            switch (name, value.kind) {
            case ("null", .null), ("boolean", .bool), ("number", .number), ("string", .string),
                ("array", .array), ("object", .object):
                true
            case ("integer", .number): value.int64 != nil
            default: false
            }
        }
        return fits || names.isEmpty ? nil : "This is not of type \(names.joined(separator: " or "))."
    }

    private func choiceProblem(_ value: JSONText) -> String? {
        if let constant = schema["const"], !Self.areEqual(constant, value) {
            return "This is not \(constant.rawText)."
        }
        guard let choices = schema["enum"], !choices.elements.contains(where: { Self.areEqual($0, value) })
        else { return nil }
        let list = choices.elements.map(\.rawText).joined(separator: ", ")
        return "This is none of \(list)."
    }

    private func numberProblem(_ value: JSONText) -> String? {
        guard let number = value.double else { return "This number is too large." }
        if let minimum = schema["minimum"]?.double, number < minimum {
            return "This is less than \(minimum)."
        }
        if let maximum = schema["maximum"]?.double, number > maximum {
            return "This is more than \(maximum)."
        }
        return nil
    }

    private func lengthProblem(_ count: Int, _ suffix: String, _ unit: String) -> String? {
        if let minimum = schema["min\(suffix)"]?.int, count < minimum {
            return "This has fewer than \(minimum) \(unit)."
        }
        if let maximum = schema["max\(suffix)"]?.int, count > maximum {
            return "This has more than \(maximum) \(unit)."
        }
        return nil
    }

    private func arrayProblem(_ value: JSONText, at pointer: String) -> Problem? {
        if let problem = lengthProblem(value.count, "Items", "elements") {
            return Problem(pointer: pointer, message: problem)
        }
        guard let items = schema["items"], items.kind == .object else { return nil }
        let check = SettingsSchema(items)
        for (index, element) in value.elements.enumerated() {
            if let problem = check.problem(with: element, at: "\(pointer)/\(index)") {
                return problem
            }
        }
        return nil
    }

    private func objectProblem(_ value: JSONText, at pointer: String) -> Problem? {
        let required = schema["required"]?.elements.compactMap(\.string) ?? []
        if let name = required.first(where: { value[$0] == nil }) {
            return Problem(pointer: pointer, message: "\"\(name)\" is missing.")
        }
        let properties = schema["properties"]
        for member in value.members {
            if let property = properties?[member.name] {
                let check = SettingsSchema(property)
                if let problem = check.problem(
                    with: member.value, at: "\(pointer)/\(member.name)")
                {
                    return problem
                }
            } else if schema["additionalProperties"]?.bool != true {
                return Problem(
                    pointer: "\(pointer)/\(member.name)",
                    message: "There is no setting \"\(member.name)\".")
            }
        }
        return nil
    }

    /// Equal as JSON Schema means it, for scalars; others by their text.
    private static func areEqual(_ left: JSONText, _ right: JSONText) -> Bool {
        guard left.kind == right.kind else { return false }
        switch left.kind {
        case .number: return left.double == right.double
        case .string: return left.string == right.string
        default: return left.rawBytes == right.rawBytes
        }
    }
}
