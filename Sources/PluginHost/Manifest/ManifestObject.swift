import Contracts
import ValueTree

/// Reads the members of one object of a manifest, and knows afterwards which ones nobody asked for.
///
/// 1. Ask for each member that the format has, by name.
/// 2. ``refuseUnknown()``, last. Members whose name starts with `x-` are the author's own.
struct ManifestObject {
    let text: JSONText
    private var asked: [String] = []

    init(_ text: JSONText) throws(PluginError) {
        guard text.kind == .object else {
            throw .manifest("has \(text.kindInWords) where an object belongs", at: text.pointer)
        }
        self.text = text
    }

    func refuseUnknown() throws(PluginError) {
        for member in text.members
        where !member.name.hasPrefix("x-") && !asked.contains(member.name) {
            throw .manifest(
                "has the unknown key `\(member.name)`",
                at: member.value.pointer,
                hint: "Known here: \(asked.sorted().joined(separator: ", ")). Keys of your own "
                    + "start with `x-`."
            )
        }
    }

    /// The member, or `nil` when it is absent or null.
    mutating func value(_ name: String) -> JSONText? {
        asked.append(name)
        let value = text[name]
        return value?.isNull == true ? nil : value
    }

    mutating func required(_ name: String) throws(PluginError) -> JSONText {
        guard let value = value(name) else {
            throw .manifest("lacks `\(name)`", at: text.pointer, hint: "Add the key `\(name)`.")
        }
        return value
    }

    /// A text of 1 to `limit` bytes without control characters.
    mutating func requiredString(_ name: String, limit: Int = 256) throws(PluginError) -> String {
        try Self.string(required(name), name, limit: limit)
    }

    /// A text without control characters; `nil` also for an empty one.
    mutating func string(_ name: String, limit: Int = 4096) throws(PluginError) -> String? {
        guard let value = value(name), value.string != "" else { return nil }
        return try Self.string(value, name, limit: limit)
    }

    mutating func bool(_ name: String) throws(PluginError) -> Bool? {
        guard let value = value(name) else { return nil }
        guard let flag = value.bool else { throw Self.wrongKind(value, name, "true or false") }
        return flag
    }

    mutating func integer(
        _ name: String,
        in range: ClosedRange<Int> = 0...Int.max
    ) throws(PluginError) -> Int? {
        guard let value = value(name) else { return nil }
        guard let number = value.int, range.contains(number) else {
            throw Self.wrongKind(
                value,
                name,
                "a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return number
    }

    /// The elements of an array; none when the member is absent.
    mutating func elements(_ name: String) throws(PluginError) -> [JSONText] {
        guard let value = value(name) else { return [] }
        guard value.kind == .array else { throw Self.wrongKind(value, name, "an array") }
        return Array(value.elements)
    }

    mutating func strings(_ name: String) throws(PluginError) -> [String] {
        var texts: [String] = []
        for element in try elements(name) { texts.append(try Self.string(element, name)) }
        return texts
    }

    /// The object of that name, as it stands.
    mutating func object(_ name: String) throws(PluginError) -> JSONText? {
        guard let value = value(name) else { return nil }
        guard value.kind == .object else { throw Self.wrongKind(value, name, "an object") }
        return value
    }

    /// One of the given words.
    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ name: String,
        _ type: Word.Type = Word.self
    ) throws(PluginError) -> Word? where Word.RawValue == String {
        guard let value = value(name) else { return nil }
        let text = try Self.string(value, name)
        guard let word = Word(rawValue: text) else {
            let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
            throw .manifest(
                "has `\(text)` as `\(name)`",
                at: value.pointer,
                hint: "One of: \(words)."
            )
        }
        return word
    }

    private static func string(
        _ value: JSONText,
        _ name: String,
        limit: Int = 4096
    ) throws(PluginError) -> String {
        guard let text = value.string else { throw wrongKind(value, name, "a string") }
        let isPrintable = text.unicodeScalars.allSatisfy {
            $0.value >= 0x20 && $0.value != 0x7F || $0 == "\n"
        }
        guard !text.isEmpty, text.utf8.count <= limit, isPrintable else {
            throw .manifest(
                "has no proper text as `\(name)`",
                at: value.pointer,
                hint: "1 to \(limit) bytes without control characters."
            )
        }
        return text
    }

    private static func wrongKind(
        _ value: JSONText,
        _ name: String,
        _ wanted: String
    ) -> PluginError {
        .manifest(
            "has \(value.kindInWords) as `\(name)`",
            at: value.pointer,
            hint: "`\(name)` is \(wanted)."
        )
    }
}

extension JSONText {
    /// The kind in words, for sentences: "a string", "an object".
    var kindInWords: String {
        switch kind {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
