/// What one check came to.
public struct CheckResult: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable {
        case passed
        case failed
        /// It does not apply, or something that it rests on has failed.
        case skipped
        /// The check itself could not be carried out.
        case broken
    }

    public var check: PluginCheck
    /// `COCO`, or `nil` for checks of the package and the library as a whole.
    public var capability: String?
    public var verdict: Verdict
    /// What is wrong, or why it was skipped; one sentence each.
    public var findings: [String]
    /// What is worth knowing and no mistake.
    public var notes: [String]
    public var seed: UInt64
    public var milliseconds: Int

    init(
        _ check: PluginCheck,
        _ verdict: Verdict,
        capability: String? = nil,
        findings: [String] = [],
        notes: [String] = [],
        seed: UInt64 = 0,
        milliseconds: Int = 0
    ) {
        self.check = check
        self.capability = capability
        self.verdict = verdict
        self.findings = findings
        self.notes = notes
        self.seed = seed
        self.milliseconds = milliseconds
    }
}
