import Contracts
import LabelModel

/// What a metric is asked about one task.
struct TaskQuestions: Sendable {
    /// An answer with its result.
    struct Entry: Sendable {
        let answer: JudgedAnswer
        let result: RawJSON

        init(_ annotation: Annotation) {
            result = annotation.result
            answer = JudgedAnswer(
                id: annotation.id.rawValue,
                kind: .annotation,
                completedBy: annotation.completedBy,
                modelVersion: nil
            )
        }

        init(_ prediction: Prediction) {
            result = prediction.result
            answer = JudgedAnswer(
                id: prediction.id.rawValue,
                kind: .prediction,
                completedBy: nil,
                modelVersion: prediction.modelVersion
            )
        }
    }

    private let data: RawJSON
    private let task: TaskID
    private let entries: [Entry]

    init(_ data: RawJSON, task: TaskID, _ entries: [Entry]) {
        self.data = data
        self.task = task
        self.entries = entries
    }

    /// Adds the questions that a metric needs to be asked.
    ///
    /// - Returns: What each of them is about, in order.
    func ask(
        _ metric: PluginMetric,
        in batch: inout MetricBatch
    ) -> [(first: JudgedAnswer, second: JudgedAnswer?)] {
        guard entries.count >= (metric.subject == .pair ? 2 : 1) else { return [] }
        let place = batch.addTask(task.rawValue, data: data)
        let answers = entries.map { entry in
            batch.addAnswer(
                entry.answer.id,
                entry.answer.kind,
                result: entry.result,
                of: task.rawValue
            )
        }
        return batch.ask(metric, task: place, answers: answers).map { first, second in
            (entries[first].answer, second.map { entries[$0].answer })
        }
    }
}
