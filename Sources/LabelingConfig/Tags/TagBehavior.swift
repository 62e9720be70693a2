public import LabelModel

/// What a tag does beyond its definition: checks and measures of its own.
///
/// Built-in tags implement ``ImmediateTagBehavior``, which answers at once. A plugin's tag
/// implements this protocol by calls into the plugin's library, which leave the cooperative pool
/// and have a time limit; hence everything here may suspend and fail.
///
/// Behaviors are pure: the same question has the same answer, and nothing is kept between calls.
public protocol TagBehavior: Sendable {
    /// Looks at one tag of a config that is about to be saved.
    ///
    /// - Returns: What speaks against it, with the place of the tag or attribute; empty for nothing.
    func problems(
        with tag: ConfigTag,
        in config: LabelingConfig
    ) async throws(TagBehaviorFailure) -> [ConfigProblem]

    /// Looks at results of one control.
    ///
    /// - Returns: What is wrong with them; empty for nothing.
    func problems(with results: TagResults) async throws(TagBehaviorFailure) -> [ResultProblem]

    /// Completes results of one control with what the server computes, before they are stored.
    ///
    /// Only called for results without problems. Doing it twice gives the same as doing it once.
    ///
    /// - Returns: For each result, in order, the whole result as it is to be stored, or nil when it
    ///   stays as it came.
    func normalized(_ results: TagResults) async throws(TagBehaviorFailure) -> [RawJSON?]

    /// Measures results of one control.
    ///
    /// - Returns: For each result, in order, the values of those measures of the definition that
    ///   it has, by name.
    func measures(of results: TagResults) async throws(TagBehaviorFailure) -> [[String: Double]]
}

extension TagBehavior {
    public func problems(
        with tag: ConfigTag,
        in config: LabelingConfig
    ) async throws(TagBehaviorFailure) -> [ConfigProblem] { [] }

    public func normalized(_ results: TagResults) async throws(TagBehaviorFailure) -> [RawJSON?] {
        Array(repeating: nil, count: results.entries.count)
    }

    public func measures(
        of results: TagResults
    ) async throws(TagBehaviorFailure) -> [[String: Double]] {
        Array(repeating: [:], count: results.entries.count)
    }
}

/// A tag's behavior could not be asked: its plugin crashed, took too long or cannot be loaded.
public struct TagBehaviorFailure: Error, Hashable, Sendable {
    /// Stable, for programs.
    public let code: String
    public let message: String
    public let hint: String?

    public init(code: String, message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }
}

/// Results of one control in one answer, for the behavior of its tag.
public struct TagResults: Sendable {
    public struct Entry: Sendable {
        /// The position in the answer's `result` array.
        public let index: Int
        /// The whole result: `id`, `from_name`, `to_name`, `type`, `value`, ….
        public let json: RawJSON

        public init(index: Int, json: RawJSON) {
            self.index = index
            self.json = json
        }
    }

    public let control: ControlTag
    /// The object that the results are about; `nil` when the config lacks it.
    public let object: ObjectTag?
    public let config: LabelingConfig
    /// The task's `data`; `nil` when there is no task yet.
    public let taskData: RawJSON?
    /// In the order of the array, at least one.
    public let entries: [Entry]

    public init(
        control: ControlTag,
        object: ObjectTag?,
        config: LabelingConfig,
        taskData: RawJSON?,
        entries: [Entry]
    ) {
        self.control = control
        self.object = object
        self.config = config
        self.taskData = taskData
        self.entries = entries
    }
}
