import CPluginWire
import Contracts
import Glibc

/// What a worker's code writes to standard error: why it aborts, most of the time.
///
/// The pipe takes 64 KiB and then drops, so that a plugin that floods it does not wait. Used on the
/// worker's thread only; proof for `@unchecked Sendable`.
final class StandardError: @unchecked Sendable {
    private static let lineBytes = 1024

    private let log: LogGate
    /// -1 once the other side is closed.
    private(set) var ours: Int32
    private(set) var other: Int32
    private var partial: [UInt8] = []
    /// The last line that says anything.
    private(set) var lastLine: String?

    init(log: LogGate) throws(PluginError) {
        self.log = log
        var pipe: [Int32] = [-1, -1]
        _ = try WireFailure.check(unsafe postil_wire_pipe(&pipe))
        ours = pipe[0]
        other = pipe[1]
    }

    deinit {
        WireFailure.close(ours)
        closeOther()
    }

    func closeOther() {
        WireFailure.close(other)
        other = -1
    }

    /// Logs what is there, line by line.
    func drain() {
        var buffer = [UInt8](repeating: 0, count: 4096)
        // A plugin that writes without end must not hold the host here.
        for _ in 0..<16 {
            let count = unsafe read(ours, &buffer, buffer.count)
            if count == 0 {
                WireFailure.close(ours)
                ours = -1
            }
            guard count > 0 else { break }
            for byte in buffer[..<count] { take(byte) }
        }
        if !partial.isEmpty { endLine() }
    }

    private func take(_ byte: UInt8) {
        guard byte != UInt8(ascii: "\n") else { return endLine() }
        if partial.count < Self.lineBytes { partial.append(byte) }
    }

    private func endLine() {
        defer { partial = [] }
        let line = String(decoding: partial, as: UTF8.self)
        guard line.contains(where: { !$0.isWhitespace }) else { return }
        lastLine = line
        log.write(level: PluginLogLine.Level.warning.rawValue, line)
    }
}
