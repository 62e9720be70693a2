public import LabelModel
public import ValueTree

extension ResultChecker {
    /// Checks everything, asking plugins for what only they can tell.
    ///
    /// It suspends only when the result has values of plugins' tags. See
    /// ``check(result:taskData:mode:)``.
    public func checkFully(
        result: JSONText,
        taskData: RawJSON?,
        mode: Mode
    ) async -> ResultReport {
        var report = check(result: result, taskData: taskData, mode: mode)
        let groups = report.takeUnasked()
        for results in groups {
            guard let behavior = results.control.entry?.behavior else { continue }
            do throws(TagBehaviorFailure) {
                for problem in try await behavior.problems(with: results) { report.add(problem) }
            } catch {
                report.add(Self.unavailable(results, error))
            }
        }
        if mode == .submission, report.isAcceptable, !groups.isEmpty {
            await normalize(groups, of: result, &report)
        }
        return report
    }

    /// Has the tags complete their results, and puts what they changed into the array.
    private func normalize(
        _ groups: [TagResults],
        of result: JSONText,
        _ report: inout ResultReport
    ) async {
        var changed: [Int: RawJSON] = [:]
        for results in groups {
            guard let behavior = results.control.entry?.behavior else { continue }
            do throws(TagBehaviorFailure) {
                let normalized = try await behavior.normalized(results)
                for (entry, json) in zip(results.entries, normalized) {
                    changed[entry.index] = json
                }
            } catch {
                report.add(Self.unavailable(results, error))
            }
        }
        guard !changed.isEmpty else { return }
        report.normalizedResult = Self.replacing(changed, in: result)
    }

    /// The array's text with some elements replaced and all else byte for byte.
    private static func replacing(_ changed: [Int: RawJSON], in result: JSONText) -> RawJSON {
        let text = result.rawBytes
        let start = result.rawRange.lowerBound
        var bytes: [UInt8] = []
        var position = 0
        for (index, element) in result.elements.enumerated() {
            guard let json = changed[index] else { continue }
            let range = element.rawRange
            bytes += text[position..<range.lowerBound - start]
            bytes += json.bytes
            position = range.upperBound - start
        }
        return RawJSON(checked: bytes + text[position...])
    }

    private static func unavailable(
        _ results: TagResults,
        _ failure: TagBehaviorFailure
    ) -> ResultProblem {
        ResultProblem(
            .tagUnavailable,
            at: "/\(results.entries.first?.index ?? 0)",
            "The results of <\(results.control.tag.name)> could not be checked: \(failure.message)",
            hint: failure.hint
        )
    }
}
