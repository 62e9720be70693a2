import CPluginWire

/// The types that a bound function may take.
enum BindingType: String, CaseIterable, Sendable {
    case i32, i64, u64, f32, f64
    /// Pointer to UTF-8 and its length in bytes.
    case utf8
    /// Pointer to doubles and how many there are.
    case doubles = "f64[]"
    case outI32 = "out i32"
    case outI64 = "out i64"
    case outU64 = "out u64"
    case outF32 = "out f32"
    case outF64 = "out f64"
    /// Pointer to doubles that the function writes; for functions that answer a batch at once.
    case outDoubles = "out f64[]"

    /// What a function may return.
    enum Result: String, CaseIterable, Sendable {
        case i32, i64, u64, f32, f64, void

        var wire: UInt8 { self == .void ? UInt8(POSTIL_WIRE_VOID) : BindingType(number: self).wire }
    }

    /// The type of an argument that is passed as such a result is returned; f64 for `void`.
    private init(number: Result) { self = BindingType(rawValue: number.rawValue) ?? .f64 }

    var isOut: Bool { rawValue.hasPrefix("out ") }
    var isInteger: Bool { self == .i32 || self == .i64 || self == .u64 }
    var isPointer: Bool { self == .utf8 || isList }
    var isList: Bool { self == .doubles || self == .outDoubles }

    /// As the wire numbers it.
    var wire: UInt8 {
        let number =
            switch self {
            case .i32: POSTIL_WIRE_I32
            case .i64: POSTIL_WIRE_I64
            case .u64: POSTIL_WIRE_U64
            case .f32: POSTIL_WIRE_F32
            case .f64: POSTIL_WIRE_F64
            case .utf8, .doubles: POSTIL_WIRE_POINTER
            case .outI32: POSTIL_WIRE_OUT_I32
            case .outI64: POSTIL_WIRE_OUT_I64
            case .outU64: POSTIL_WIRE_OUT_U64
            case .outF32: POSTIL_WIRE_OUT_F32
            case .outF64: POSTIL_WIRE_OUT_F64
            case .outDoubles: POSTIL_WIRE_OUT_DOUBLES
            }
        return UInt8(number)
    }
}
