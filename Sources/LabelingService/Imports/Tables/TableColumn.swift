/// What all the values of a column have in common, found by looking at each of them.
///
/// pandas' rule, which Label Studio's importer goes by: a column of numbers becomes numbers, one of
/// `True` and `False` becomes booleans, and one text makes the whole column text. Blanks fit
/// everything and become `""`.
struct TableColumn: Sendable {
    enum Kind: Sendable {
        case text, boolean, integer, number
    }

    let name: String
    private var canBeInteger = true
    private var canBeNumber = true
    private var canBeBoolean = true
    private var hasBlank = false
    private var hasValue = false

    init(name: String) {
        self.name = name
    }

    mutating func look(at field: String) {
        guard !Self.isBlank(field) else {
            hasBlank = true
            return
        }
        hasValue = true
        if canBeInteger { canBeInteger = Self.integer(field) != nil }
        if canBeNumber { canBeNumber = Self.number(field) != nil }
        if canBeBoolean { canBeBoolean = Self.boolean(field) != nil }
    }

    /// A column of whole numbers with blanks counts as one of fractions, as in pandas.
    var kind: Kind {
        guard hasValue else { return .text }
        if canBeBoolean, !hasBlank { return .boolean }
        if canBeInteger, !hasBlank { return .integer }
        return canBeNumber ? .number : .text
    }

    static func integer(_ field: String) -> Int64? { Int64(trimmed(field)) }

    /// A finite decimal number; no hexadecimal, no `infinity`, which JSON could not hold.
    static func number(_ field: String) -> Double? {
        let text = trimmed(field)
        let isDecimal = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
                UInt8(ascii: "."), UInt8(ascii: "e"), UInt8(ascii: "E"):
                true
            default: false
            }
        }
        guard isDecimal, let number = Double(text), number.isFinite else { return nil }
        return number
    }

    static func boolean(_ field: String) -> Bool? {
        switch field {
        case "True", "TRUE", "true": true
        case "False", "FALSE", "false": false
        default: nil
        }
    }

    /// The texts that pandas reads as "no value".
    static func isBlank(_ field: String) -> Bool {
        field.isEmpty || (field.utf8.count <= 9 && blanks.contains(field))
    }

    private static func trimmed(_ field: String) -> Substring {
        guard field.utf8.first == 0x20 || field.utf8.last == 0x20 else { return field[...] }
        let head = field.drop { $0 == " " }
        let tail = head.lastIndex { $0 != " " }
        return tail.map { head[...$0] } ?? ""
    }

    private static let blanks: Set<String> = [
        "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN",
        "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null",
    ]
}
