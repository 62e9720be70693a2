internal import Contracts

/// How a loss of an export or an import is told in a terminal.
enum LossLine {
    static func text(of loss: LossReport.Entry) -> String {
        "not in the format: \(loss.message) (\(loss.code), \(loss.count) ×)"
    }

    static func text(ofImport loss: LossReport.Entry) -> String {
        "not taken over: \(loss.message) (\(loss.code), \(loss.count) ×)"
    }
}
