import LabelingConfig

extension ServiceError {
    /// Results that do not fit the labeling config.
    ///
    /// - `pointer`: Of the `result` array in what the client sent.
    init(_ problems: [ResultProblem], at pointer: String) {
        let first = problems.first
        self.init(
            .invalid,
            first?.code.rawValue ?? "result_invalid",
            first?.message ?? "The result does not fit the labeling config.",
            hint: first?.hint,
            at: .pointer(pointer + (first?.pointer ?? "")),
            field: "result"
        )
        self.problems = problems.prefix(100).map { "\(pointer)\($0.pointer): \($0.message)" }
    }

    /// Task data that the labeling config cannot show.
    ///
    /// - `pointer`: Of `data` in what the client sent.
    init(_ problems: [TaskDataProblem], at pointer: String) {
        let first = problems.first
        self.init(
            .invalid,
            first?.code.rawValue ?? "task_data_invalid",
            first?.message ?? "The data does not fit the labeling config.",
            hint: first?.hint,
            at: .pointer(pointer + (first?.pointer ?? "")),
            field: "data"
        )
        self.problems = problems.prefix(100).map { "\(pointer)\($0.pointer): \($0.message)" }
    }
}
