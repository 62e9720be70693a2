public import LabelModel

/// Questions on their way to a metric: tasks and answers as JSON text, and which of them to judge.
public struct MetricBatch: Sendable {
    /// Whose words an answer is.
    public enum AnswerKind: String, Hashable, Sendable {
        case annotation, prediction
    }

    /// One value that questions refer to by its place in ``roots``.
    public struct Root: Hashable, Sendable {
        /// The task that it is or belongs to.
        public var task: Int64
        /// Of the batch's bytes.
        public var text: Range<Int>
    }

    /// What is to be judged.
    public struct Question: Hashable, Sendable {
        public var task: Int
        public var first: Int
        /// nil for a metric of single answers.
        public var second: Int?

        public init(task: Int, first: Int, second: Int?) {
            self.task = task
            self.first = first
            self.second = second
        }
    }

    /// JSON text of all roots, one after another.
    public private(set) var bytes: [UInt8] = []
    public private(set) var roots: [Root] = []
    public var questions: [Question] = []

    public init() {}

    /// Adds a task.
    ///
    /// - Returns: Its place in ``roots``.
    public mutating func addTask(_ task: Int64, data: RawJSON) -> Int {
        add(task) { writer in
            writer.member("id", task)
            writer.member("data", data)
        }
    }

    /// Adds an answer to a task.
    ///
    /// - Returns: Its place in ``roots``.
    public mutating func addAnswer(
        _ id: Int64,
        _ kind: AnswerKind,
        result: RawJSON,
        of task: Int64
    ) -> Int {
        add(task) { writer in
            writer.member("id", id)
            writer.member("kind", kind.rawValue)
            writer.member("result", result)
        }
    }

    private mutating func add(_ task: Int64, _ members: (inout JSONWriter) -> Void) -> Int {
        var writer = JSONWriter()
        writer.object(members)
        let start = bytes.count
        bytes += writer.bytes
        roots.append(Root(task: task, text: start..<bytes.count))
        return roots.count - 1
    }
}

/// What a metric answers to one question.
public struct MetricScore: Hashable, Sendable {
    /// A share of the score: one label's, one control's.
    public struct Part: Hashable, Sendable {
        public var label: String
        public var score: Double
        /// How much stands behind it; above 0.
        public var weight: Double

        public init(label: String, score: Double, weight: Double) {
            self.label = label
            self.score = score
            self.weight = weight
        }
    }

    /// In the metric's range; nil when it has nothing to say.
    public var value: Double?
    /// In the order in which the metric reports them.
    public var parts: [Part]

    public init(value: Double?, parts: [Part] = []) {
        self.value = value
        self.parts = parts
    }
}

/// One open metric.
///
/// 1. `scores` any number of times, one call at a time.
/// 2. `close`, once, also after an error.
public protocol MetricRun: Sendable {
    /// Answers the questions of a batch.
    ///
    /// - Returns: One score for each question, in the same order.
    func scores(_ batch: MetricBatch) async throws(PluginError) -> [MetricScore]

    func close() async
}

extension MetricBatch {
    /// Asks all questions about some answers to one task that a metric needs to be asked: each
    /// pair once if their order does not matter, else both ways; or each answer.
    ///
    /// - Returns: The places in `answers` that each new question is about, in the same order.
    @discardableResult
    public mutating func ask(
        _ metric: PluginMetric,
        task: Int,
        answers: [Int]
    ) -> [(first: Int, second: Int?)] {
        var asked: [(first: Int, second: Int?)] = []
        for first in answers.indices {
            switch metric.subject {
            case .answer: asked.append((first, nil))
            case .pair:
                for second in answers.indices
                where second > first || (second < first && !metric.isSymmetric) {
                    asked.append((first, second))
                }
            }
        }
        for (first, second) in asked {
            questions.append(
                Question(task: task, first: answers[first], second: second.map { answers[$0] })
            )
        }
        return asked
    }
}
