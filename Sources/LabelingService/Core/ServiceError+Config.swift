import Contracts
import LabelingConfig

extension ServiceError {
    /// A labeling config that may not be saved: the first problem, and all of them as sentences.
    init(_ problem: ConfigProblem, all problems: [ConfigProblem] = []) {
        let hint = problem.hint ?? problem.unavailability?.whoCanEnable
        self.init(
            .invalid,
            problem.code.rawValue,
            problem.message,
            hint: hint,
            at: problem.place.map { .line($0.line, column: $0.column) },
            field: "label_config"
        )
        unavailability = problem.unavailability
        plugin = problem.unavailability.map {
            PluginVersion(id: $0.plugin.id, version: $0.plugin.version)
        }
        self.problems = (problems.isEmpty ? [problem] : problems).prefix(100).map { problem in
            problem.place.map { "Line \($0.line), column \($0.column): \(problem.message)" }
                ?? problem.message
        }
    }
}
