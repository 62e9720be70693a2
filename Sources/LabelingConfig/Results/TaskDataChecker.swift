public import ValueTree

/// Checks that the data of a task has what a config shows, as Label Studio does on import.
public struct TaskDataChecker: Sendable {
    private let fields: [DataField]

    public init(_ config: LabelingConfig) {
        fields = config.dataFields
    }

    /// Looks for what is wrong with a task's data.
    ///
    /// Every field that the config shows must be there and hold one of the types that its tag can
    /// show. Fields that only stand inside a longer text may be missing.
    ///
    /// - Parameter data: The task's `data`, an object.
    /// - Returns: The problems in the order of the config; empty for none.
    public func problems(in data: JSONText) -> [TaskDataProblem] {
        guard data.kind == .object else {
            return [TaskDataProblem(.form, at: "", "The data of a task must be an object.")]
        }
        return fields.compactMap { problem(with: $0, in: data) }
    }

    private func problem(with field: DataField, in data: JSONText) -> TaskDataProblem? {
        guard let value = field.path.value(in: data) else {
            guard field.isRequired else { return nil }
            return TaskDataProblem(
                .missing,
                at: field.path.pointer,
                "The data has no “\(field.path.text)”, which <\(field.tag)> of the config shows.",
                hint: "Add it to the task, or change the config's value=\"$\(field.path.text)\"."
            )
        }
        guard !field.types.isEmpty, field.types.isDisjoint(with: TaskDataType.all(of: value)) else {
            return nil
        }
        let allowed = field.types.sorted().map(\.rawValue).joined(separator: " or ")
        return TaskDataProblem(
            .type,
            at: field.path.pointer,
            "“\(field.path.text)” is \(ResultFindings.shown(value)); <\(field.tag)> shows \(allowed)."
        )
    }
}

/// Something wrong with the data of a task.
public struct TaskDataProblem: Error, Hashable, Sendable {
    /// What kind of problem it is.
    ///
    /// The texts are part of the HTTP API and never change meaning.
    public enum Code: String, CaseIterable, Sendable {
        case form = "task_data_form"
        case missing = "task_data_missing"
        case type = "task_data_type"
    }

    public let code: Code
    /// A JSON pointer into the data.
    public let pointer: String
    public let message: String
    public let hint: String?

    public init(_ code: Code, at pointer: String, _ message: String, hint: String? = nil) {
        self.code = code
        self.pointer = pointer
        self.message = message
        self.hint = hint
    }
}

extension TaskDataType {
    /// The kinds that a value counts as: a whole number is an integer and a number.
    static func all(of json: JSONText) -> Set<TaskDataType> {
        switch json.kind {
        case .null: [.null]
        case .bool: [.boolean]
        case .number: json.int64 == nil ? [.number] : [.integer, .number]
        case .string: [.string]
        case .array: [.array]
        case .object: [.object]
        }
    }
}
