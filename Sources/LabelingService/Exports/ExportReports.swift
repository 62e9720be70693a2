import Synchronization

/// The reports of the latest exports, in memory: they matter to whoever has just downloaded a file.
final class ExportReports: Sendable {
    /// Reports that are kept; the oldest goes first.
    static let capacity = 1_000

    private struct State {
        var reports: [String: ExportReport] = [:]
        /// By age, the oldest first.
        var order: [String] = []
    }

    private let state = Mutex(State())

    /// Takes a new report, or the end of one that is still kept.
    func keep(_ report: ExportReport) {
        state.withLock { state in
            if state.reports.updateValue(report, forKey: report.id) == nil {
                state.order.append(report.id)
            }
            guard state.order.count > Self.capacity else { return }
            state.reports[state.order.removeFirst()] = nil
        }
    }

    func report(_ id: String) -> ExportReport? {
        state.withLock { $0.reports[id] }
    }
}
