public import LabelModel

/// The static part of a metric: what it judges and which numbers it gives.
public struct PluginMetric: Hashable, Sendable {
    /// What one question is about.
    public enum Subject: String, Hashable, Sendable, CaseIterable {
        /// Two answers to one task: agreement.
        case pair
        /// One answer: quality.
        case answer
    }

    public enum Better: String, Hashable, Sendable, CaseIterable {
        case higher, lower
    }

    public var name: String
    public var title: String
    public var description: String
    public var subject: Subject
    /// Exchanging the two answers changes nothing.
    public var isSymmetric: Bool
    /// No score is below; nil when there is no bound.
    public var minimum: Double?
    /// No score is above; nil when there is no bound.
    public var maximum: Double?
    public var better: Better
    /// Types of results that it judges, such as `choices`; empty means any.
    public var resultTypes: [String]
    /// The manifest's entry of the function that it is bound to, for a metric without glue code.
    public var binding: RawJSON?

    public init(
        name: String,
        title: String,
        description: String = "",
        subject: Subject = .pair,
        isSymmetric: Bool = false,
        minimum: Double? = 0,
        maximum: Double? = 1,
        better: Better = .higher,
        resultTypes: [String] = [],
        binding: RawJSON? = nil
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.subject = subject
        self.isSymmetric = isSymmetric
        self.minimum = minimum
        self.maximum = maximum
        self.better = better
        self.resultTypes = resultTypes
        self.binding = binding
    }

    /// Whether a score is one that the metric may give.
    public func allows(_ score: Double) -> Bool {
        score.isFinite && score >= minimum ?? -.infinity && score <= maximum ?? .infinity
    }
}
