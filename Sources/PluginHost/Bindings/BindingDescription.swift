import Contracts
import LabelModel
import ValueTree

/// One entry of a manifest's `bindings`: a C function, what it is called with, and proofs of it.
struct BindingDescription: Sendable {
    /// What the function is to Postil.
    enum Kind: String, CaseIterable {
        /// Judges two answers.
        case metric
        /// Gives a number for one answer.
        case measure
        /// Says yes or no of one answer.
        case predicate
    }

    static let maximumArguments = 16
    static let maximumVectors = 100

    /// The metric that the function is offered as, its own entry included.
    let metric: PluginMetric
    /// The capability that it is listed as.
    let capability: PluginManifest.Capability
    /// Name of a shared library of the system; `nil` for the package's own.
    let library: String?
    let symbol: String
    /// JSON pointer of the entry.
    let pointer: String

    init(_ text: JSONText) throws(PluginError) {
        var object = try ManifestObject(text)
        pointer = text.pointer
        let kind = try object.word("kind", Kind.self) ?? .metric
        var metric = try ManifestMetrics.description(&object)
        metric.title = try object.string("title", limit: 256) ?? metric.name
        metric.description = try object.string("description") ?? ""
        metric.binding = RawJSON(checked: text.rawBytes)
        if kind != .metric { metric.subject = .answer }
        if kind == .predicate { (metric.minimum, metric.maximum) = (0, 1) }
        self.metric = metric
        capability = PluginManifest.Capability(
            kind: .metric,
            name: metric.name,
            title: metric.title,
            description: metric.description
        )
        library = try Self.library(&object)
        symbol = try Self.symbol(&object)
        let arguments = try Self.arguments(&object, metric.subject)
        let result = try Self.result(&object)
        try Self.checkScore(&object, arguments, result)
        try Self.checkVectors(&object, arguments, result)
        try object.refuseUnknown()
    }

    private static func library(_ object: inout ManifestObject) throws(PluginError) -> String? {
        guard let name = try object.string("library", limit: 128) else { return nil }
        let isSound = name.hasPrefix("lib") && name.contains(".so") && !name.contains("..")
        let isPlain = name.utf8.allSatisfy { $0.isASCIILetterOrDigit || "._-+".utf8.contains($0) }
        guard isSound, isPlain else {
            throw .manifest(
                "has `\(name)` as the library of a binding",
                at: object.text.pointer + "/library",
                hint: "The name that the system knows it by, such as libm.so.6, without a folder."
            )
        }
        return name
    }

    private static func symbol(_ object: inout ManifestObject) throws(PluginError) -> String {
        let name = try object.requiredString("symbol")
        let isSound = name.utf8.allSatisfy { $0.isASCIILetterOrDigit || $0 == UInt8(ascii: "_") }
        guard isSound else {
            throw .manifest(
                "has `\(name)` as a symbol",
                at: object.text.pointer + "/symbol",
                hint: "The C function's name."
            )
        }
        return name
    }

    private static func arguments(
        _ object: inout ManifestObject,
        _ subject: PluginMetric.Subject
    ) throws(PluginError) -> [BindingArgument] {
        let elements = try object.elements("arguments")
        guard elements.count <= maximumArguments else {
            throw .manifest(
                "binds a function with more than \(maximumArguments) arguments",
                at: object.text.pointer + "/arguments"
            )
        }
        var arguments: [BindingArgument] = []
        for element in elements {
            arguments.append(try BindingArgument(element, subject: subject))
        }
        try BindingArgument.checkLengths(arguments, at: object.text.pointer + "/arguments")
        return arguments
    }

    private static func result(_ object: inout ManifestObject) throws(PluginError)
        -> BindingType.Result
    {
        guard let type = try object.word("result", BindingType.Result.self) else {
            throw .manifest(
                "lacks `result`",
                at: object.text.pointer,
                hint: "What the function returns: i32, i64, u64, f32, f64 or void."
            )
        }
        return type
    }

    /// `score` says which number counts: the function's result, or what it writes to an argument.
    private static func checkScore(
        _ object: inout ManifestObject,
        _ arguments: [BindingArgument],
        _ result: BindingType.Result
    ) throws(PluginError) {
        let pointer = object.text.pointer
        let index = try object.integer("score", in: 0...maximumArguments)
        if let index {
            guard arguments.indices.contains(index), arguments[index].type.isOut else {
                throw .manifest(
                    "takes the score from the argument \(index), which the function does not write",
                    at: pointer + "/score",
                    hint: "The place, from 0, of an argument with an `out` type."
                )
            }
        } else if result == .void {
            throw .manifest(
                "binds a function without a result and does not say where the score is",
                at: pointer,
                hint: "Add `score`: the place of an argument with an `out` type."
            )
        }
    }

    private static func checkVectors(
        _ object: inout ManifestObject,
        _ arguments: [BindingArgument],
        _ result: BindingType.Result
    ) throws(PluginError) {
        let vectors = try object.elements("vectors")
        guard (1...maximumVectors).contains(vectors.count) else {
            throw .manifest(
                "has \(vectors.count) test vectors for a binding",
                at: object.text.pointer,
                hint: "`vectors` has 1 to \(maximumVectors): they show that the signature is right."
            )
        }
        for vector in vectors {
            try BindingVector.check(vector, arguments: arguments, result: result)
        }
    }
}
