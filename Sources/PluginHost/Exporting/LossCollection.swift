import Contracts

/// Adds an exporter's losses up.
struct LossCollection {
    static let codeBytes = 64
    static let messageBytes = 1024
    private static let maximumCodes = 100

    /// In the order of the first report of each code.
    private(set) var report = LossReport()

    mutating func add(code: String, message: String, count: UInt64) {
        let count = Int64(clamping: max(count, 1))
        if let known = report.entries.firstIndex(where: { $0.code == code }) {
            let (sum, overflow) = report.entries[known].count.addingReportingOverflow(count)
            report.entries[known].count = overflow ? Int64.max : sum
        } else if report.entries.count < Self.maximumCodes {
            report.entries.append(LossReport.Entry(code: code, message: message, count: count))
        }
    }

    /// Adds an entry of its own, also when others have the same code.
    mutating func addEntry(code: String, message: String) {
        report.entries.append(LossReport.Entry(code: code, message: message, count: 1))
    }
}
