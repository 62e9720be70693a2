internal import HTTPTypes
internal import LabelModel
internal import ValueTree

/// The members of a JSON object that came as a body, or of a form.
struct BodyFields: Sendable {
    private enum Source: Sendable {
        case json(JSONText)
        case form([String: String])
    }

    private let source: Source

    /// Reads a body.
    ///
    /// - Throws: ``APIError`` 400 with the place when it is neither JSON nor a form.
    init(bytes: [UInt8], mediaType: String?) throws(APIError) {
        if mediaType == "application/x-www-form-urlencoded" {
            let items = QueryItems(String(decoding: bytes, as: UTF8.self)).items
            source = .form(Dictionary(items.map { ($0.name, $0.value) }) { _, last in last })
            return
        }
        guard !bytes.allSatisfy({ $0 == 0x20 || (0x09...0x0D).contains($0) }) else {
            source = .form([:])
            return
        }
        do {
            let text = try JSONText(parsing: bytes)
            guard text.kind == .object else {
                throw APIError(
                    .badRequest,
                    "body_field_invalid",
                    "The body must be a JSON object.",
                    place: .pointer("")
                )
            }
            source = .json(text)
        } catch let error as JSONTextError {
            throw APIError(json: error)
        } catch {
            throw error as? APIError ?? APIError(.badRequest, "json_invalid", "JSON parse error.")
        }
    }

    /// Fields by name, such as the plain parts of a multipart body.
    init(_ fields: [String: String]) {
        source = .form(fields)
    }

    /// True when the field is there, also as `null`.
    func has(_ name: String) -> Bool {
        switch source {
        case .json(let text): text[name] != nil
        case .form(let fields): fields[name] != nil
        }
    }

    /// The names of all fields, in order for JSON.
    var names: [String] {
        switch source {
        case .json(let text): text.members.map(\.name)
        case .form(let fields): fields.keys.sorted()
        }
    }

    /// A string; nil when the field is absent or `null`.
    func string(_ name: String) throws(APIError) -> String? {
        switch source {
        case .form(let fields): return fields[name]
        case .json(let text):
            guard let value = text[name], !value.isNull else { return nil }
            if let string = value.string { return string }
            // As Label Studio's: a number stands for its text.
            if value.kind == .number { return value.rawText }
            throw APIError.invalid(field: name, "Not a valid string.")
        }
    }

    /// A string that must be there and not be empty.
    func requiredString(_ name: String) throws(APIError) -> String {
        guard has(name) else {
            throw APIError.missing(field: name)
        }
        guard let value = try string(name), !value.isEmpty else {
            throw APIError.invalid(field: name, "This field may not be blank.")
        }
        return value
    }

    func bool(_ name: String) throws(APIError) -> Bool? {
        switch source {
        case .form(let fields):
            guard let text = fields[name] else { return nil }
            switch text.lowercased() {
            case "true", "1", "on", "yes": return true
            case "false", "0", "off", "no", "": return false
            default: throw APIError.invalid(field: name, "Must be a valid boolean.")
            }
        case .json(let text):
            guard let value = text[name], !value.isNull else { return nil }
            if let bool = value.bool { return bool }
            switch value.string?.lowercased() {
            case "true", "1": return true
            case "false", "0": return false
            default: throw APIError.invalid(field: name, "Must be a valid boolean.")
            }
        }
    }

    func integer(_ name: String) throws(APIError) -> Int64? {
        switch source {
        case .form(let fields):
            guard let text = fields[name], !text.isEmpty else { return nil }
            if let number = Int64(text) { return number }
        case .json(let text):
            guard let value = text[name], !value.isNull else { return nil }
            if let number = value.int64 ?? value.string.flatMap({ Int64($0) }) { return number }
        }
        throw APIError.invalid(field: name, "A valid integer is required.")
    }

    /// A finite number.
    func number(_ name: String) throws(APIError) -> Double? {
        switch source {
        case .form(let fields):
            guard let text = fields[name], !text.isEmpty else { return nil }
            if let number = Double(text), number.isFinite { return number }
        case .json(let text):
            guard let value = text[name], !value.isNull else { return nil }
            let number = value.double ?? value.string.flatMap { Double($0) }
            if let number, number.isFinite { return number }
        }
        throw APIError.invalid(field: name, "A valid number is required.")
    }

    /// Any JSON as it came in; nil when the field is absent or `null`.
    func value(_ name: String) -> RawJSON? {
        guard case .json(let text) = source, let value = text[name], !value.isNull else {
            return nil
        }
        return RawJSON(checked: value.rawBytes)
    }

    /// Strings; nil when the field is absent or `null`.
    func strings(_ name: String) throws(APIError) -> [String]? {
        switch source {
        case .form(let fields):
            return fields[name].map { $0.split(separator: ",").map { $0.trimmingSpaces() } }
        case .json(let text):
            guard let value = text[name], !value.isNull else { return nil }
            let strings = value.elements.compactMap(\.string)
            guard value.kind == .array, strings.count == value.count else {
                throw APIError.invalid(field: name, "A list of strings is required.")
            }
            return strings
        }
    }

    /// Whole numbers; nil when the field is absent or `null`.
    func integers(_ name: String) throws(APIError) -> [Int64]? {
        guard case .json(let text) = source, let value = text[name], !value.isNull else {
            return nil
        }
        let numbers = value.elements.compactMap(\.int64)
        guard value.kind == .array, numbers.count == value.count else {
            throw APIError.invalid(field: name, "A list of integers is required.")
        }
        return numbers
    }

    /// Texts by name; nil when the field is absent or `null`.
    func texts(_ name: String) throws(APIError) -> [String: String]? {
        guard case .json(let text) = source, let value = text[name], !value.isNull else {
            return nil
        }
        var texts: [String: String] = [:]
        for member in value.members { texts[member.name] = member.value.string }
        guard value.kind == .object, texts.count == value.count else {
            throw APIError.invalid(field: name, "An object with texts is required.")
        }
        return texts
    }

    /// An object as it came in; nil when the field is absent or `null`.
    func object(_ name: String) throws(APIError) -> RawJSON? {
        switch source {
        case .form: return nil
        case .json(let text):
            guard let value = text[name], !value.isNull else { return nil }
            guard value.kind == .object else {
                throw APIError.invalid(field: name, "A JSON object is required.")
            }
            return RawJSON(checked: value.rawBytes)
        }
    }
}
