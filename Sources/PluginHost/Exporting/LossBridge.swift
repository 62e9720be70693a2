import CPostilPlugin
import Contracts

/// Takes an exporter's loss report.
///
/// Lives until the instance is closed. Called on the instance's thread only, from inside the
/// plugin; proof for `@unchecked Sendable`.
@safe final class LossBridge: @unchecked Sendable {
    let table: UnsafeMutablePointer<postil_losses_t>
    private var losses = LossCollection()
    var report: LossReport { losses.report }

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
        unsafe losses.add(
            code: loss.code.text(limit: LossCollection.codeBytes),
            message: loss.message.text(limit: LossCollection.messageBytes),
            count: loss.count
        )
    }
}
