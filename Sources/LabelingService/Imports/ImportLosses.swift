import Contracts
import ValueTree

/// What an import could not take over, added up by kind.
struct ImportLosses {
    private static let maximumCodes = 100
    private static let codeBytes = 64
    private static let messageBytes = 1024

    /// In the order of the first loss of each code.
    private(set) var report = LossReport()

    /// Takes what an import source tells of a task.
    ///
    /// That is a list `losses` of `{code, message, count}` beside the task's data. What is no loss
    /// is passed over, for it is no task's fault.
    mutating func add(toldBy task: JSONText) {
        guard let list = task["losses"], list.kind == .array else { return }
        for loss in list.elements {
            guard let code = loss["code"]?.string, let message = loss["message"]?.string,
                !code.isEmpty, code.utf8.count <= Self.codeBytes,
                message.utf8.count <= Self.messageBytes
            else { continue }
            add(code, message, count: loss["count"]?.int64 ?? 1)
        }
    }

    /// Counts what a task in Label Studio's JSON has and no import stores.
    mutating func add(ignoredOf task: JSONText) {
        add(
            "drafts_left_out",
            "Drafts were left out: they belong to whoever is at work on them.",
            count: Int64(task["drafts"].map { $0.kind == .array ? $0.count : 0 } ?? 0)
        )
        let predictions = task["predictions"].map { $0.kind == .array ? Array($0.elements) : [] }
        add(
            "predictions_by_number",
            "Predictions of which the file has numbers alone were left out. Export a snapshot "
                + "with whole predictions.",
            count: Int64(predictions?.count { $0.kind == .number } ?? 0)
        )
    }

    private mutating func add(_ code: String, _ message: String, count: Int64) {
        guard count > 0 else { return }
        if let known = report.entries.firstIndex(where: { $0.code == code }) {
            let (sum, overflow) = report.entries[known].count.addingReportingOverflow(count)
            report.entries[known].count = overflow ? Int64.max : sum
        } else if report.entries.count < Self.maximumCodes {
            report.entries.append(LossReport.Entry(code: code, message: message, count: count))
        }
    }
}
