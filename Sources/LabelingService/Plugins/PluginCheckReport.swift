import Contracts
public import LabelModel

/// What was last found out about a plugin version, as it is kept and shown.
public struct PluginCheckReport: Hashable, Sendable {
    public enum Kind: String, Hashable, Sendable, CaseIterable {
        /// The package was verified before it was installed.
        case verification
        /// Each capability was made to do a little in a process of its own.
        case selfTest = "self_test"
    }

    public struct Check: Hashable, Sendable {
        /// Step of the verification, or capability.
        public var id: String
        /// `passed`, `failed` or `skipped`.
        public var verdict: String
        public var detail: String
    }

    public var kind: Kind
    public var checks: [Check]

    public var isPassed: Bool { !checks.contains { $0.verdict == "failed" } }

    /// `{kind, passed, checks: [{id, verdict, detail}]}`.
    public var json: RawJSON {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("kind", kind.rawValue)
            writer.member("passed", isPassed)
            writer.key("checks")
            writer.array { writer in
                for check in checks {
                    writer.object { writer in
                        writer.member("id", check.id)
                        writer.member("verdict", check.verdict)
                        writer.member("detail", check.detail)
                    }
                }
            }
        }
        return RawJSON(checked: writer.bytes)
    }

    static func verification(of report: PackageReport) -> PluginCheckReport {
        PluginCheckReport(
            kind: .verification,
            checks: report.checks.map { check in
                Check(
                    id: check.step.rawValue,
                    verdict: check.verdict.rawValue,
                    detail: check.detail
                )
            }
        )
    }

    static func selfTest(_ proofs: [PluginProof]) -> PluginCheckReport {
        PluginCheckReport(
            kind: .selfTest,
            checks: proofs.map { proof in
                Check(
                    id: proof.capability,
                    verdict: "passed",
                    detail: "\(proof.detail) (\(proof.milliseconds) ms)"
                )
            }
        )
    }

    static func selfTest(_ failure: PluginError) -> PluginCheckReport {
        PluginCheckReport(
            kind: .selfTest,
            checks: [
                Check(
                    id: failure.function ?? "load",
                    verdict: "failed",
                    detail: failure.message
                )
            ]
        )
    }
}
