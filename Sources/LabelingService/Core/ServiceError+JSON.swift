import ValueTree

extension ServiceError {
    /// A text is not JSON: where, and what was found there.
    init(_ error: JSONTextError) {
        let code = error.code.rawValue
        self.init(
            code == "json_too_large" ? .tooLarge : .invalid,
            code,
            error.message,
            at: .line(error.line, column: error.column)
        )
    }
}

extension JSONText {
    /// Parses a text that someone sent.
    static func parse(_ bytes: [UInt8]) throws(ServiceError) -> JSONText {
        do {
            return try JSONText(parsing: bytes)
        } catch {
            throw ServiceError(error)
        }
    }

    /// Parses the body of a request that has to be a JSON object.
    static func parseObject(_ bytes: [UInt8]) throws(ServiceError) -> JSONText {
        let body = try parse(bytes)
        guard body.kind == .object else {
            throw ServiceError(
                .invalid,
                "body_not_object",
                "The body is not a JSON object.",
                at: .pointer("")
            )
        }
        return body
    }
}

extension ServiceError {
    static func taskTooLarge(limit: Int, at place: Place) -> ServiceError {
        ServiceError(
            .tooLarge,
            "task_too_large",
            "A task has more than \(limit) bytes.",
            hint: "Store large media as files and let the task refer to them.",
            at: place
        )
    }
}
