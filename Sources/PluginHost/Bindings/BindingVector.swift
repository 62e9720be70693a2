import Contracts
import ValueTree

/// A test vector of a bound function: `{arguments, result, out, tolerance}`.
struct BindingVector: Sendable {
    /// The values of the arguments that are given, in order.
    let arguments: [BindingValue]
    let result: Double?
    /// What each `out` argument holds after the call; empty when that is not looked at.
    let outs: [[Double]]
    let tolerance: Double

    init(_ text: JSONText, arguments: [BindingArgument], result: BindingType.Result)
        throws(PluginError)
    {
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
        var bound: [BindingValue] = []
        for (value, argument) in zip(values, given) {
            bound.append(try Self.value(value, argument.type, at: value.pointer))
        }
        self.arguments = bound
        let wanted = object.value("result")
        let outs = try object.elements("out")
        tolerance = try Self.tolerance(object.value("tolerance"), at: text.pointer)
        try object.refuseUnknown()
        let places = arguments.filter(\.type.isOut)
        let isResultSound = wanted.map { result != .void && $0.double != nil } ?? true
        self.result = wanted?.double
        self.outs = zip(outs, places).compactMap { Self.numbers($0, $1.type) }
        let areOutsSound =
            outs.isEmpty || (outs.count == places.count && self.outs.count == places.count)
        guard isResultSound, areOutsSound, wanted != nil || !outs.isEmpty else {
            throw .manifest(
                "has a test vector that does not say what is expected",
                at: text.pointer,
                hint: "`result` is the number that the function returns, `out` the numbers that it "
                    + "writes, one for each `out` argument."
            )
        }
    }

    /// Reads a value that can be given to an argument of a type.
    static func value(_ value: JSONText, _ type: BindingType, at pointer: String)
        throws(PluginError) -> BindingValue
    {
        guard let bound = BindingValue(value, type) else {
            throw .manifest(
                "has \(value.rawText.prefix(40)) where a \(type.rawValue) belongs",
                at: pointer
            )
        }
        return bound
    }

    private static func numbers(_ value: JSONText, _ type: BindingType) -> [Double]? {
        guard type == .outDoubles else { return value.double.map { [$0] } }
        guard case .numbers(let numbers) = BindingValue(value, type) else { return nil }
        return numbers
    }

    private static func tolerance(_ value: JSONText?, at pointer: String) throws(PluginError)
        -> Double
    {
        guard let value else { return 0 }
        guard let tolerance = value.double, tolerance >= 0 else {
            throw .manifest(
                "has \(value.rawText) as `tolerance`",
                at: pointer,
                hint: "How far the answer may be from the expected one; 0 when left out."
            )
        }
        return tolerance
    }
}
