internal import Contracts

/// How a loss of an export is told in a terminal.
enum LossLine {
    static func text(of loss: LossReport.Entry) -> String {
        "not in the format: \(loss.message) (\(loss.code), \(loss.count) ×)"
    }
}
