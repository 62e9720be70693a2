internal import Contracts

/// The report of a package's verification, for a terminal.
enum PackageReportText {
    static func print(_ report: PackageReport) {
        for check in report.checks {
            Terminal.print("\(check.verdict.rawValue)\t\(check.step.rawValue)\t\(check.detail)")
        }
        if let digest = report.digest { Terminal.print("content: sha256:\(digest)") }
        Terminal.print("trust: \(report.trust.level.rawValue)")
    }
}
