import CPostilPlugin
import Contracts

/// Takes an exporter's loss report.
///
/// Lives until the instance is closed. Called on the instance's thread only, from inside the
/// plugin; proof for `@unchecked Sendable`.
@safe final class LossBridge: @unchecked Sendable {
    private static let maximumCodes = 100

    let table: UnsafeMutablePointer<postil_losses_t>
    /// In the order of the first report of each code.
    private(set) var report = LossReport()

    init() {
        unsafe table = .allocate(capacity: 1)
        unsafe table.initialize(to: postil_losses_t())
        unsafe table.pointee.size = UInt32(MemoryLayout<postil_losses_t>.size)
        unsafe table.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        unsafe table.pointee.report = { context, loss in
            guard let context = unsafe context, let loss = unsafe loss else { return }
            unsafe Unmanaged<LossBridge>.fromOpaque(context).takeUnretainedValue().take(loss)
        }
    }

    deinit { unsafe table.deallocate() }

    @unsafe private func take(_ pointer: UnsafePointer<postil_loss_t>) {
        guard
            let loss = try? unsafe SizedTable.read(
                UnsafeRawPointer(pointer),
                through: MemoryLayout<postil_loss_t>.offset(of: \.message),
                name: "loss",
                into: postil_loss_t()
            )
        else { return }
        let code = unsafe loss.code.text(limit: 64)
        let count = unsafe Int64(clamping: max(loss.count, 1))
        if let known = report.entries.firstIndex(where: { $0.code == code }) {
            let (sum, overflow) = report.entries[known].count.addingReportingOverflow(count)
            report.entries[known].count = overflow ? Int64.max : sum
        } else if report.entries.count < Self.maximumCodes {
            let message = unsafe loss.message.text(limit: 1024)
            report.entries.append(LossReport.Entry(code: code, message: message, count: count))
        }
    }
}
