import LabelModel
import ValueTree

/// Reads the members of an object in an archive, with an error that names what is wrong.
struct ArchiveFields {
    private let fields: BodyFields

    init(_ object: JSONText, at pointer: String = "") throws(ServiceError) {
        guard object.kind == .object else {
            throw ServiceError(
                .invalid,
                "body_not_object",
                "It is not a JSON object.",
                at: .pointer(pointer)
            )
        }
        fields = BodyFields(object, at: pointer)
    }

    // MARK: What may be missing

    func value(_ name: String) -> JSONText? { fields.value(name) }

    func optionalInteger(_ name: String) throws(ServiceError) -> Int64? {
        try fields.integer(name)
    }

    func optionalNumber(_ name: String) throws(ServiceError) -> Double? { try fields.number(name) }

    func optionalString(_ name: String) throws(ServiceError) -> String? { try fields.string(name) }

    func optionalTimestamp(_ name: String) throws(ServiceError) -> Timestamp? {
        guard let text = try fields.string(name) else { return nil }
        guard let moment = Timestamp(iso8601: text) else {
            throw fault(name, "no moment such as 2026-01-31T08:05:09.000123Z")
        }
        return moment
    }

    // MARK: What must be there

    func integer(_ name: String) throws(ServiceError) -> Int64 {
        guard let value = try fields.integer(name) else { throw fields.missing(name) }
        return value
    }

    /// A number from 1 on.
    func count(_ name: String) throws(ServiceError) -> Int64 {
        let value = try integer(name)
        guard value >= 1 else { throw fault(name, "less than 1") }
        return value
    }

    func number(_ name: String) throws(ServiceError) -> Double {
        guard let value = try fields.number(name) else { throw fields.missing(name) }
        return value
    }

    func bool(_ name: String) throws(ServiceError) -> Bool {
        guard let value = try fields.bool(name) else { throw fields.missing(name) }
        return value
    }

    func string(_ name: String) throws(ServiceError) -> String {
        guard let value = try fields.string(name) else { throw fields.missing(name) }
        return value
    }

    func timestamp(_ name: String) throws(ServiceError) -> Timestamp {
        guard let value = try optionalTimestamp(name) else { throw fields.missing(name) }
        return value
    }

    func uuid(_ name: String) throws(ServiceError) -> String {
        guard let value = try fields.uuid(name) else { throw fields.missing(name) }
        return value
    }

    func object(_ name: String) throws(ServiceError) -> ArchiveFields {
        guard let value = value(name) else { throw fields.missing(name) }
        return try ArchiveFields(value, at: "\(fields.pointer)/\(name)")
    }

    /// The text of an object, as it stands.
    func rawObject(_ name: String) throws(ServiceError) -> RawJSON {
        guard let value = try fields.object(name) else { throw fields.missing(name) }
        return RawJSON(checked: value.rawBytes)
    }

    /// The text of a list of results, and how many there are.
    func results(_ name: String) throws(ServiceError) -> (text: RawJSON, count: Int64) {
        guard let value = value(name) else { throw fields.missing(name) }
        guard value.kind == .array, value.elements.allSatisfy({ $0.kind == .object }) else {
            throw fault(name, "no list of objects")
        }
        return (RawJSON(checked: value.rawBytes), Int64(value.count))
    }

    /// The objects of a list; a list that is missing is empty.
    func list(_ name: String) throws(ServiceError) -> [ArchiveFields] {
        guard let value = value(name) else { return [] }
        guard value.kind == .array else { throw fault(name, "no list") }
        var list: [ArchiveFields] = []
        for (index, element) in value.elements.enumerated() {
            list.append(try ArchiveFields(element, at: "\(fields.pointer)/\(name)/\(index)"))
        }
        return list
    }

    func fault(_ name: String, _ what: String) -> ServiceError {
        ServiceError(
            .invalid,
            "body_field_invalid",
            "\"\(name)\" is \(what).",
            at: .pointer("\(fields.pointer)/\(name)"),
            field: name
        )
    }
}
