internal import LabelModel
internal import ValueTree

/// A behavior that answers at once, without leaving the thread: what built-in tags have.
///
/// Submitting an annotation goes through ``check(_:_:)`` for each of its results, thousands of times
/// a second.
public protocol ImmediateTagBehavior: TagBehavior {
    /// What speaks against saving a config with this tag; empty for nothing.
    func immediateProblems(with tag: ConfigTag, in config: LabelingConfig) -> [ConfigProblem]

    /// Looks at one result and adds what is wrong with it to the findings.
    func check(_ result: CheckedResult, _ findings: inout ResultFindings)
}

extension ImmediateTagBehavior {
    public func immediateProblems(
        with tag: ConfigTag,
        in config: LabelingConfig
    ) -> [ConfigProblem] { [] }

    public func check(_ result: CheckedResult, _ findings: inout ResultFindings) {}

    public func problems(
        with tag: ConfigTag,
        in config: LabelingConfig
    ) async throws(TagBehaviorFailure) -> [ConfigProblem] {
        immediateProblems(with: tag, in: config)
    }

    public func problems(
        with results: TagResults
    ) async throws(TagBehaviorFailure) -> [ResultProblem] {
        let task = TaskContext(data: results.taskData)
        var findings = ResultFindings()
        for entry in results.entries {
            do throws(JSONTextError) {
                let json = try JSONText(parsing: entry.json.bytes)
                let result = CheckedResult(
                    index: entry.index,
                    json: json,
                    control: results.control,
                    object: results.object,
                    config: results.config,
                    task: task
                )
                check(result, &findings)
            } catch {
                findings.add(.form, at: "/\(entry.index)", "The result is not JSON.")
            }
        }
        return findings.problems
    }
}
