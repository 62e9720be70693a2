import Contracts
import ValueTree

/// One argument of a bound function: its type, and where its value comes from.
struct BindingArgument: Sendable {
    /// Whose value it is.
    enum Origin: String, CaseIterable {
        case first, second, task
    }

    /// How the length of a pointed-to value is given.
    enum Length: String, CaseIterable {
        /// As the next C argument, of type u64.
        case after
        /// As another argument of the list, which says `lengthOf`.
        case elsewhere
    }

    let type: BindingType
    let length: Length
    /// The argument that this one gives the length of.
    let lengthOf: Int?
    /// It has the same value in every call.
    let isConstant: Bool
    let pointer: String

    /// True when each call and each test vector gives it a value.
    var isGiven: Bool { !type.isOut && !isConstant && lengthOf == nil }

    init(_ text: JSONText, subject: PluginMetric.Subject) throws(PluginError) {
        var object = try ManifestObject(text)
        pointer = text.pointer
        guard let type = try object.word("type", BindingType.self) else {
            throw .manifest("lacks `type`", at: pointer, hint: "For instance f64.")
        }
        self.type = type
        length = try object.word("length", Length.self) ?? .after
        lengthOf = try object.integer("lengthOf", in: 0...BindingDescription.maximumArguments)
        let constant = object.value("value")
        isConstant = constant != nil
        let origin = try object.word("of", Origin.self)
        let path = try object.string("pointer", limit: 256)
        _ = try object.string("resultType", limit: 64)
        try object.refuseUnknown()
        if let constant {
            try BindingVector.checkValue(constant, type, at: pointer + "/value")
        }
        let sources = [constant != nil, origin != nil, lengthOf != nil].filter(\.self).count
        guard sources == (type.isOut ? 0 : 1) else {
            throw .manifest(
                type.isOut
                    ? "gives a value to an argument that the function writes"
                    : "does not say in one way where the value of an argument comes from",
                at: pointer,
                hint: "One of: `of` with `pointer`, `value`, `lengthOf`; none for an `out` type."
            )
        }
        if let origin {
            guard let path, path.hasPrefix("/") else {
                throw .manifest(
                    "does not say which value an argument is",
                    at: pointer,
                    hint: "`pointer` is a JSON pointer such as /value/number."
                )
            }
            guard origin != .second || subject == .pair else {
                throw .manifest("asks for a second answer where there is one", at: pointer)
            }
        }
        guard lengthOf == nil || type.isInteger else {
            throw .manifest("has a length that is no integer", at: pointer)
        }
        guard length == .after || type.isPointer else {
            throw .manifest("has a length for a value that has none", at: pointer)
        }
    }

    /// A length that is given elsewhere must be given, or the function reads on behind the value.
    static func checkLengths(_ arguments: [BindingArgument], at pointer: String)
        throws(PluginError)
    {
        let elsewhere = arguments.indices.filter { arguments[$0].length == .elsewhere }
        let referred = Set(arguments.compactMap(\.lengthOf))
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
        let kinds = Set(elsewhere.map { arguments[$0].type })
        guard kinds.count <= 1 else {
            throw .manifest(
                "gives one length to a text and to an array",
                at: pointer,
                hint: "Values with `length`: `elsewhere` share one length and are of one type."
            )
        }
    }
}
