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

    /// How often the function is called.
    enum Calls: String, CaseIterable {
        /// Once for each question.
        case each
        /// Once for all questions of a batch: it takes columns and writes one of scores.
        case batch
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
    let kind: Kind
    let calls: Calls
    let arguments: [BindingArgument]
    let result: BindingType.Result
    /// The `out` argument that holds the score; nil: it is the function's result.
    let score: Int?
    let vectors: [BindingVector]
    /// JSON pointer of the entry.
    let pointer: String

    init(_ text: JSONText) throws(PluginError) {
        var object = try ManifestObject(text)
        pointer = text.pointer
        kind = try object.word("kind", Kind.self) ?? .metric
        calls = try object.word("calls", Calls.self) ?? .each
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
        arguments = try Self.arguments(&object, metric.subject, calls)
        result = try Self.result(&object)
        score = try Self.score(&object, arguments, result, calls)
        vectors = try Self.vectors(&object, arguments, result)
        try object.refuseUnknown()
    }

    /// Reads the entry that a metric of a manifest carries; nil when it has none.
    ///
    /// - Throws: `manifest_invalid`, for what was not checked before.
    init?(of metric: PluginMetric) throws(PluginError) {
        guard let binding = metric.binding else { return nil }
        let text: JSONText
        do {
            text = try JSONText(parsing: binding.bytes)
        } catch {
            throw .manifest("has a binding that is not JSON: \(error.message)", at: "/bindings")
        }
        try self.init(text)
    }

    /// What the plugin's author calls the function, for sentences.
    var functionInWords: String { "`\(symbol)` of \(library ?? "the plugin's library")" }

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
        _ subject: PluginMetric.Subject,
        _ calls: Calls
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
        let place = object.text.pointer + "/arguments"
        try BindingArgument.checkLengths(arguments, at: place)
        switch calls {
        case .batch: try BindingArgument.checkColumns(arguments, at: place)
        case .each:
            guard arguments.allSatisfy({ $0.type != .outDoubles }) else {
                throw .manifest(
                    "has an `out f64[]` of a single question",
                    at: place,
                    hint: "Add `calls`: `batch` when the function answers many questions at once."
                )
            }
        }
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
    private static func score(
        _ object: inout ManifestObject,
        _ arguments: [BindingArgument],
        _ result: BindingType.Result,
        _ calls: Calls
    ) throws(PluginError) -> Int? {
        let pointer = object.text.pointer
        let index = try object.integer("score", in: 0...maximumArguments)
        if let index {
            let isRight =
                arguments.indices.contains(index) && arguments[index].type.isOut
                && (arguments[index].type == .outDoubles) == (calls == .batch)
            guard isRight else {
                throw .manifest(
                    "takes the score from the argument \(index), which the function does not "
                        + "write or which holds something else",
                    at: pointer + "/score",
                    hint: "The place, from 0, of an argument with an `out` type."
                )
            }
        } else if calls == .batch {
            return arguments.firstIndex { $0.type == .outDoubles }
        } else if result == .void {
            throw .manifest(
                "binds a function without a result and does not say where the score is",
                at: pointer,
                hint: "Add `score`: the place of an argument with an `out` type."
            )
        }
        return index
    }

    private static func vectors(
        _ object: inout ManifestObject,
        _ arguments: [BindingArgument],
        _ result: BindingType.Result
    ) throws(PluginError) -> [BindingVector] {
        let entries = try object.elements("vectors")
        guard (1...maximumVectors).contains(entries.count) else {
            throw .manifest(
                "has \(entries.count) test vectors for a binding",
                at: object.text.pointer,
                hint: "`vectors` has 1 to \(maximumVectors): they show that the signature is right."
            )
        }
        var vectors: [BindingVector] = []
        for entry in entries {
            let vector = try BindingVector(entry, arguments: arguments, result: result)
            guard BindingRows.fits(vector.arguments, arguments) else {
                throw .manifest(
                    "has a test vector whose arrays do not have one length",
                    at: entry.pointer,
                    hint: "Values with `length`: `elsewhere` share one length."
                )
            }
            vectors.append(vector)
        }
        return vectors
    }
}
