import ValueTree

/// Where in a question an argument's value lies.
struct BindingPath: Hashable, Sendable {
    /// Whose value it is.
    enum Origin: String, CaseIterable, Sendable {
        case first, second, task
    }

    let origin: Origin
    /// The first result of this type, and of this control, is what the pointer starts from; without
    /// both the whole answer or task.
    let resultType: String?
    let control: String?
    /// The tokens of the JSON pointer (RFC 6901), unescaped.
    private let tokens: [String]

    init(origin: Origin, pointer: String, resultType: String?, control: String?) {
        self.origin = origin
        self.resultType = resultType
        self.control = control
        tokens = pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map {
            token in
            String(token).replacing("~1", with: "/").replacing("~0", with: "~")
        }
    }

    /// The value; nil when it is not there.
    func value(task: JSONText, first: JSONText, second: JSONText?) -> JSONText? {
        let root =
            switch origin {
            case .task: Optional(task)
            case .first: first
            case .second: second
            }
        guard var value = root.flatMap(start) else { return nil }
        for token in tokens {
            let child = value.kind == .array ? Int(token).flatMap { value[$0] } : value[token]
            guard let child else { return nil }
            value = child
        }
        return value
    }

    private func start(_ root: JSONText) -> JSONText? {
        guard resultType != nil || control != nil else { return root }
        return root["result"]?.elements.first { result in
            (resultType == nil || result["type"]?.string == resultType)
                && (control == nil || result["from_name"]?.string == control)
        }
    }
}
