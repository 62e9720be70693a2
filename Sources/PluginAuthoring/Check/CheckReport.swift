public import LabelModel

/// All results of one run, for people and for programs.
public struct CheckReport: Hashable, Sendable {
    public var plugin: String
    public var folder: String
    /// Up to which level was checked.
    public var level: Int
    public var seed: UInt64
    /// Whether checks were left out, so that nothing follows about a level.
    public var isPartial: Bool
    public var results: [CheckResult]

    public var failures: [CheckResult] {
        results.filter { $0.verdict == .failed || $0.verdict == .broken }
    }

    public var isPassed: Bool { failures.isEmpty }

    /// The highest level of which everything passed; 0 when level 1 has not.
    public var reachedLevel: Int {
        let lowest = failures.map(\.check.level).min() ?? level + 1
        return min(level, lowest - 1)
    }

    /// The line that tells people what came out.
    public var summary: String {
        let passed = results.count { $0.verdict == .passed }
        let failed = failures.isEmpty ? "" : ", \(failures.count) failed"
        let count = "\(passed) \(passed == 1 ? "check" : "checks") passed\(failed)."
        guard !isPartial else { return "\(plugin): \(count) Others were left out." }
        return "\(plugin): level \(reachedLevel) of \(level): \(meaning). \(count)"
    }

    /// What the level that was reached is good for.
    private var meaning: String {
        if reachedLevel >= PluginCheck.inProcessLevel { return "it may run in process" }
        if reachedLevel >= PluginCheck.installableLevel { return "it can be installed" }
        return isPassed
            ? "installing asks for level \(PluginCheck.installableLevel)" : "it cannot be installed"
    }

    /// The report as one JSON object.
    public var json: RawJSON {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("plugin", plugin)
            writer.member("folder", folder)
            writer.member("level", Int64(level))
            writer.member("reached_level", Int64(reachedLevel))
            writer.member("passed", isPassed)
            writer.member("partial", isPartial)
            // As text: JavaScript cannot hold 64 bits in a number.
            writer.member("seed", String(seed))
            writer.key("checks")
            writer.array { writer in
                for result in results { Self.write(result, to: &writer) }
            }
        }
        return RawJSON(checked: writer.bytes)
    }

    private static func write(_ result: CheckResult, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", result.check.id)
            writer.member("group", result.check.group)
            writer.member("level", Int64(result.check.level))
            if let capability = result.capability { writer.member("capability", capability) }
            writer.member("verdict", result.verdict.rawValue)
            writer.key("findings")
            writer.array { writer in for text in result.findings { writer.value(text) } }
            writer.key("notes")
            writer.array { writer in for text in result.notes { writer.value(text) } }
            writer.member("seed", String(result.seed))
            writer.member("milliseconds", Int64(result.milliseconds))
        }
    }
}
