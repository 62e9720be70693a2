import CPluginWire
import Contracts
import ValueTree

/// One argument of a bound function: its type, and where its value comes from.
struct BindingArgument: Sendable {
    /// How the length of a pointed-to value is given.
    enum Length: String, CaseIterable {
        /// As the next C argument, of type u64.
        case after
        /// As another argument of the list, which says `lengthOf`.
        case elsewhere
        /// By a zero byte behind a text.
        case zero
    }

    /// Where its value comes from.
    enum Source: Sendable {
        /// Each question has its own.
        case found(BindingPath)
        case constant(BindingValue)
        /// The length of the argument at this place.
        case lengthOf(Int)
        /// The function writes it.
        case written
    }

    let type: BindingType
    let length: Length
    let source: Source

    /// True when each call and each test vector gives it a value.
    var isGiven: Bool { if case .found = source { true } else { false } }

    /// The C arguments that it is passed as, as the wire numbers them.
    var wire: [UInt8] {
        type.isPointer && length == .after ? [type.wire, UInt8(POSTIL_WIRE_U64)] : [type.wire]
    }

    init(_ text: JSONText, subject: PluginMetric.Subject) throws(PluginError) {
        var object = try ManifestObject(text)
        let pointer = text.pointer
        guard let type = try object.word("type", BindingType.self) else {
            throw .manifest("lacks `type`", at: pointer, hint: "For instance f64.")
        }
        self.type = type
        length = try object.word("length", Length.self) ?? .after
        source = try Self.source(&object, type, subject)
        try object.refuseUnknown()
        guard length == .after || type.isPointer else {
            throw .manifest("has a length for a value that has none", at: pointer)
        }
        guard length != .zero || type == .utf8 else {
            throw .manifest("ends an array with a zero", at: pointer, hint: "Only texts end so.")
        }
    }

    private static func source(
        _ object: inout ManifestObject,
        _ type: BindingType,
        _ subject: PluginMetric.Subject
    ) throws(PluginError) -> Source {
        let pointer = object.text.pointer
        var sources: [Source] = []
        if let constant = object.value("value") {
            let value = try BindingVector.value(constant, type, at: pointer + "/value")
            sources.append(.constant(value))
        }
        if let path = try path(&object, subject) { sources.append(.found(path)) }
        if let index = try object.integer("lengthOf", in: 0...BindingDescription.maximumArguments) {
            guard type.isInteger else {
                throw .manifest("has a length that is no integer", at: pointer)
            }
            sources.append(.lengthOf(index))
        }
        if type.isOut && (sources.isEmpty || type != .outDoubles) { sources.append(.written) }
        guard let source = sources.first, sources.count == 1 else {
            throw .manifest(
                type.isOut
                    ? "gives a value to an argument that the function writes"
                    : "does not say in one way where the value of an argument comes from",
                at: pointer,
                hint: "One of: `of` with `pointer`, `value`, `lengthOf`; none for an `out` type."
            )
        }
        return source
    }

    private static func path(_ object: inout ManifestObject, _ subject: PluginMetric.Subject)
        throws(PluginError) -> BindingPath?
    {
        let place = object.text.pointer
        let origin = try object.word("of", BindingPath.Origin.self)
        let pointer = try object.string("pointer", limit: 256)
        let resultType = try object.string("resultType", limit: 64)
        let control = try object.string("control", limit: 256)
        guard let origin else {
            guard pointer == nil, resultType == nil, control == nil else {
                throw .manifest(
                    "has a `pointer` without saying whose value it is",
                    at: place,
                    hint: "Add `of`: first, second or task."
                )
            }
            return nil
        }
        guard let pointer, pointer.hasPrefix("/") else {
            throw .manifest(
                "does not say which value an argument is",
                at: place,
                hint: "`pointer` is a JSON pointer such as /value/number."
            )
        }
        guard origin != .second || subject == .pair else {
            throw .manifest("asks for a second answer where there is one", at: place)
        }
        guard origin != .task || (resultType == nil && control == nil) else {
            throw .manifest("looks for a result in a task", at: place)
        }
        return BindingPath(
            origin: origin,
            pointer: pointer,
            resultType: resultType,
            control: control
        )
    }

    /// A length that is given elsewhere must be given, or the function reads on behind the value.
    static func checkLengths(_ arguments: [BindingArgument], at pointer: String)
        throws(PluginError)
    {
        let elsewhere = arguments.indices.filter { arguments[$0].length == .elsewhere }
        let referred = Set(
            arguments.compactMap { if case .lengthOf(let index) = $0.source { index } else { nil } }
        )
        for index in referred
        where !arguments.indices.contains(index) || !arguments[index].type.isPointer {
            throw .manifest("has a `lengthOf` that leads to no text and no array", at: pointer)
        }
        guard elsewhere.isEmpty || elsewhere.contains(where: referred.contains) else {
            throw .manifest(
                "binds a function to an array without giving it the length",
                at: pointer,
                hint: "An integer argument with `lengthOf`, or `length`: `after`."
            )
        }
        guard Set(elsewhere.map { arguments[$0].type.isList }).count <= 1 else {
            throw .manifest(
                "gives one length to a text and to an array",
                at: pointer,
                hint: "Values with `length`: `elsewhere` share one length and are of one type."
            )
        }
    }

    /// A function that answers a batch at once takes columns and writes one.
    static func checkColumns(_ arguments: [BindingArgument], at pointer: String)
        throws(PluginError)
    {
        guard arguments.filter({ $0.type == .outDoubles }).count == 1 else {
            throw .manifest(
                "answers a batch at once and does not write one `out f64[]`",
                at: pointer,
                hint: "The function writes one score for each question there."
            )
        }
        for argument in arguments where argument.isGiven && !argument.type.isList {
            throw .manifest(
                "answers a batch at once and takes a single \(argument.type.rawValue) of it",
                at: pointer,
                hint: "Such an argument is f64[], with one number of each question."
            )
        }
    }
}
