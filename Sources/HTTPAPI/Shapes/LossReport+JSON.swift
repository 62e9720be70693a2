internal import Contracts
internal import LabelModel

extension JSONWriter {
    /// Writes what an export or an import could not take over.
    mutating func losses(_ report: LossReport) {
        array { writer in
            for loss in report.entries {
                writer.object { writer in
                    writer.member("code", loss.code)
                    writer.member("message", loss.message)
                    writer.member("count", loss.count)
                }
            }
        }
    }
}
