public import Contracts
public import LabelModel

/// An answer that was judged.
public struct JudgedAnswer: Hashable, Sendable {
    public let id: Int64
    public let kind: MetricBatch.AnswerKind
    /// Who made an annotation.
    public let completedBy: UserID?
    /// Which model made a prediction.
    public let modelVersion: String?
}

/// How far the answers to one task agree, by each metric.
public struct TaskAgreement: Sendable {
    public struct Score: Sendable {
        public let first: JudgedAnswer
        /// nil for a metric of single answers.
        public let second: JudgedAnswer?
        public let score: MetricScore
    }

    /// One metric's judgement.
    public struct Judgement: Sendable {
        public let metric: MetricReport
        /// The mean of the scores; nil without any.
        public let mean: Double?
        public let scores: [Score]
        /// Why there are no scores; nil when the metric could judge.
        public let reason: PluginReason?
    }

    public let task: TaskID
    public let answers: [JudgedAnswer]
    public let judgements: [Judgement]
}

/// How far the annotations of a whole project agree, by one metric.
public struct ProjectAgreement: Sendable {
    /// A mean with what it was made of.
    public struct Tally: Hashable, Sendable {
        public var mean: Double
        /// Scores that it was made of, for a label the sum of their weights.
        public var count: Double

        mutating func add(_ score: Double, _ weight: Double) {
            count += weight
            mean += (score - mean) * (weight / count)
        }
    }

    /// What two people have in common; twice the same person for a metric of single answers.
    public struct Annotators: Hashable, Sendable {
        public let first: UserID
        public let second: UserID
    }

    public let metric: MetricReport
    /// nil when no question had a score.
    public internal(set) var overall: Tally?
    public internal(set) var minimum: Double?
    public internal(set) var maximum: Double?
    /// Tasks that had enough annotations to be judged.
    public internal(set) var judgedTasks = 0
    /// Questions that the metric had nothing to say about.
    public internal(set) var withoutScore = 0
    public internal(set) var labels: [String: Tally] = [:]
    public internal(set) var annotators: [Annotators: Tally] = [:]
    /// True when there were more labels or pairs of annotators than are kept.
    public internal(set) var isCut = false
}

/// A metric as one project sees it.
public struct MetricReport: Sendable {
    public let metric: PluginMetric
    public let plugin: PluginVersion
    /// JSON object.
    public let settings: RawJSON
    public let isEnabled: Bool
    /// Why it has no effect; nil when it has.
    public let reason: PluginReason?
}
