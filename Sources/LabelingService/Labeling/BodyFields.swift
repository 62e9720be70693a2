import ValueTree

/// Reads the members of a JSON body, with an error that names the member when one has the wrong
/// form.
///
/// A member that is `null` counts as absent.
struct BodyFields {
    let body: JSONText
    /// JSON pointer of the body in what the client sent.
    let pointer: String

    init(_ body: JSONText, at pointer: String = "") {
        self.body = body
        self.pointer = pointer
    }

    func value(_ name: String) -> JSONText? {
        guard let value = body[name], !value.isNull else { return nil }
        return value
    }

    func bool(_ name: String) throws(ServiceError) -> Bool? {
        guard let value = value(name) else { return nil }
        // Forms send words where JSON has booleans; both arrive here.
        switch (value.kind, value.string) {
        case (.bool, _): return value.bool
        case (.string, "true"), (.string, "True"): return true
        case (.string, "false"), (.string, "False"): return false
        default: throw fault(name, "true or false")
        }
    }

    func integer(_ name: String) throws(ServiceError) -> Int64? {
        guard let value = value(name) else { return nil }
        guard let number = value.int64 ?? value.string.flatMap({ Int64($0) }) else {
            throw fault(name, "a whole number")
        }
        return number
    }

    /// A finite number.
    func number(_ name: String) throws(ServiceError) -> Double? {
        guard let value = value(name) else { return nil }
        guard let number = value.double ?? value.string.flatMap({ Double($0) }), number.isFinite
        else { throw fault(name, "a number") }
        return number
    }

    func string(_ name: String) throws(ServiceError) -> String? {
        guard let value = value(name) else { return nil }
        guard let text = value.string else { throw fault(name, "a text") }
        return text
    }

    func object(_ name: String) throws(ServiceError) -> JSONText? {
        guard let value = value(name) else { return nil }
        guard value.kind == .object else { throw fault(name, "an object") }
        return value
    }

    /// A UUID, in lower case.
    func uuid(_ name: String) throws(ServiceError) -> String? {
        guard let text = try string(name)?.lowercased() else { return nil }
        let groups = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        let isUUID =
            groups.map(\.count) == [8, 4, 4, 4, 12]
            && Secrets.isHexadecimal(text.filter { $0 != "-" }, count: 32)
        guard isUUID else {
            throw fault(name, "a UUID such as 123e4567-e89b-12d3-a456-426614174000")
        }
        return text
    }

    func missing(_ name: String) -> ServiceError {
        ServiceError(
            .invalid,
            "body_field_missing",
            "\"\(name)\" is missing.",
            at: .pointer("\(pointer)/\(name)"),
            field: name
        )
    }

    private func fault(_ name: String, _ wanted: String) -> ServiceError {
        ServiceError(
            .invalid,
            "body_field_invalid",
            "\"\(name)\" is not \(wanted).",
            at: .pointer("\(pointer)/\(name)"),
            field: name
        )
    }
}
