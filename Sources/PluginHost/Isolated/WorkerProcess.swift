import CPluginWire
import Contracts
import Glibc
import Synchronization

/// The process of a worker as the spawner tells of it.
final class WorkerProcess: Spawner.Observer {
    private enum State {
        case running
        /// The status as waitpid gives it; `nil` when it is not known.
        case ended(Int32?)
    }

    private let state = Mutex(State.running)
    private let refused: @Sendable (_ call: String, _ isHabit: Bool) -> Void
    /// Readable from the end of the process on.
    let endDescriptor: Int32

    init(
        refused: @escaping @Sendable (_ call: String, _ isHabit: Bool) -> Void
    ) throws(PluginError) {
        self.refused = refused
        endDescriptor = try WireFailure.check(postil_wire_event())
    }

    deinit { Glibc.close(endDescriptor) }

    var isRunning: Bool {
        state.withLock { if case .running = $0 { true } else { false } }
    }

    /// What the end means; `nil` while the process runs.
    var end: WorkerDeath.Cause? {
        guard case .ended(let status) = state.withLock({ $0 }) else { return nil }
        guard let status else { return .lost }
        let signal = status & 0x7F
        return signal != 0 ? .signal(signal) : .exit(status >> 8 & 0xFF)
    }

    /// Waits for the end.
    func waitForEnd(milliseconds: Int32) -> Bool {
        var descriptor = endDescriptor
        if isRunning { _ = unsafe postil_wire_poll(&descriptor, 1, milliseconds) }
        return !isRunning
    }

    func workerStarted(process: Int32) {
        // Nothing was started: the system has no more processes.
        if process == 0 { workerEnded(status: nil) }
    }

    func workerWasRefused(_ call: String, isHabit: Bool) { refused(call, isHabit) }

    func workerEnded(status: Int32?) {
        state.withLock { $0 = .ended(status) }
        postil_wire_ring(endDescriptor)
    }
}
