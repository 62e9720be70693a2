import Contracts
import ValueTree

/// A test vector of a bound function: `{arguments, result, out, tolerance}`.
enum BindingVector {
    static func check(
        _ text: JSONText,
        arguments: [BindingArgument],
        result: BindingType.Result
    ) throws(PluginError) {
        var object = try ManifestObject(text)
        let given = arguments.filter(\.isGiven)
        let values = try object.elements("arguments")
        guard values.count == given.count else {
            throw .manifest(
                "has a test vector with \(values.count) arguments; the binding has \(given.count) "
                    + "that are given",
                at: text.pointer,
                hint: "Constants, lengths and `out` arguments are left out."
            )
        }
        for (value, argument) in zip(values, given) {
            try checkValue(value, argument.type, at: value.pointer)
        }
        let wanted = object.value("result")
        let outs = try object.elements("out")
        try checkTolerance(object.value("tolerance"), at: text.pointer)
        try object.refuseUnknown()
        let places = arguments.filter(\.type.isOut)
        let isResultSound = wanted.map { result != .void && $0.double != nil } ?? true
        let areOutsSound =
            outs.isEmpty || (outs.count == places.count && outs.allSatisfy { $0.double != nil })
        guard isResultSound, areOutsSound, wanted != nil || !outs.isEmpty else {
            throw .manifest(
                "has a test vector that does not say what is expected",
                at: text.pointer,
                hint: "`result` is the number that the function returns, `out` the numbers that it "
                    + "writes, one for each `out` argument."
            )
        }
    }

    /// Checks that a value can be given to an argument of a type.
    static func checkValue(_ value: JSONText, _ type: BindingType, at pointer: String)
        throws(PluginError)
    {
        let fits =
            switch type {
            case .i32: value.int64.flatMap { Int32(exactly: $0) } != nil
            case .i64: value.int64 != nil
            case .u64: value.int64.map { $0 >= 0 } ?? false
            case .f32, .f64: value.double != nil
            case .utf8: value.string != nil
            case .doubles: value.kind == .array && value.elements.allSatisfy { $0.double != nil }
            case .outI32, .outI64, .outU64, .outF32, .outF64: false
            }
        guard fits else {
            throw .manifest(
                "has \(value.rawText.prefix(40)) where a \(type.rawValue) belongs",
                at: pointer
            )
        }
    }

    private static func checkTolerance(_ value: JSONText?, at pointer: String)
        throws(PluginError)
    {
        guard let value else { return }
        guard let tolerance = value.double, tolerance >= 0 else {
            throw .manifest(
                "has \(value.rawText) as `tolerance`",
                at: pointer,
                hint: "How far the answer may be from the expected one; 0 when left out."
            )
        }
    }
}
