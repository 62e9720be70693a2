import CPostilPlugin
import CSimdJSON

extension JSONText {
    public var isNull: Bool { kind == .null }

    public var bool: Bool? {
        guard kind == .bool else { return nil }
        return unsafe document.text[Int(document.item(index).start)] == UInt8(ascii: "t")
    }

    /// The number, if it is exactly an `Int64`; `3.0` and `3e0` are.
    public var int64: Int64? {
        guard let number else { return nil }
        switch Int(number.kind) {
        case POSTIL_KIND_I64: return Int64(bitPattern: number.payload)
        case POSTIL_KIND_F64: return Int64(exactly: number.nearest)
        default: return nil
        }
    }

    /// The number, if it is exactly an `Int`.
    public var int: Int? { int64.map { Int($0) } }

    /// The nearest double; nil if the number is beyond every one.
    public var double: Double? {
        guard let number, number.nearest.isFinite else { return nil }
        return number.nearest
    }

    /// The string, unescaped.
    public var string: String? {
        kind == .string ? document.string(document.item(index)) : nil
    }

    private var number: postil_json_number_t? {
        guard kind == .number else { return nil }
        let bytes = unsafe document.bytes(document.item(index))
        return unsafe postil_json_number_parse(bytes.baseAddress, UInt64(bytes.count))
    }
}
