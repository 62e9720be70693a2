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

    /// What a function may return.
    enum Result: String, CaseIterable, Sendable {
        case i32, i64, u64, f32, f64, void
    }

    var isOut: Bool { rawValue.hasPrefix("out ") }
    var isInteger: Bool { self == .i32 || self == .i64 || self == .u64 }
    var isPointer: Bool { self == .utf8 || self == .doubles }
}
