import Contracts
import Glibc

/// The end of a worker that nobody asked for, and what is known of it.
struct WorkerDeath: Error, Hashable, Sendable {
    enum Cause: Hashable, Sendable {
        case signal(Int32)
        case exit(Int32)
        /// It did not come back within the limit, or reacted to nothing, and was ended.
        case hung(Duration)
        /// It closed its connection, or sent what is no message of the wire.
        case protocolBroken(String)
        /// It did not end when it was cancelled.
        case cancelled
        /// The spawner is gone, and all workers with it.
        case lost
    }

    var cause: Cause
    var flight: FlightRecord
    /// The last line that it wrote to standard error.
    var lastWords: String?

    /// Ends of processes that are the plugin's own doing.
    var isCrash: Bool {
        switch cause {
        case .cancelled, .lost: false
        default: true
        }
    }

    /// For people: "crashed in exporter.consume (signal 11, SIGSEGV, at libx.so+0x12)".
    var sentence: String {
        let function = flight.function.map { " in \($0)" } ?? ""
        return switch cause {
        case .signal(let number):
            "crashed\(function) (\(Self.name(of: number))\(places))"
        case .exit(let status):
            "ended its process\(function) with status \(status), which counts as a crash"
        case .hung(let limit):
            "did not come back\(function) within \(limit) and was ended"
        case .protocolBroken(let what):
            "broke the protocol of its process\(function): \(what)"
        case .cancelled:
            "was ended because it did not stop when it was cancelled\(function)"
        case .lost:
            "lost its process\(function), because the process that starts them is gone"
        }
    }

    var signal: Int32? {
        if case .signal(let number) = cause { number } else { nil }
    }

    /// The error that callers see.
    func error(_ plugin: PluginVersion, task: Int64? = nil) -> PluginError {
        let task = task ?? flight.task
        let words = lastWords.map { " It last wrote: \($0)" } ?? ""
        var error = PluginError(
            code,
            "\(plugin) \(sentence)" + (task.map { " on the task \($0)" } ?? "") + "." + words,
            hint: "Nobody else was disturbed. Report it to the plugin's vendor.",
            plugin: plugin,
            function: flight.function,
            task: task
        )
        error.signal = signal
        error.place = (flight.caller ?? flight.place)?.description
        return error
    }

    private var code: PluginError.Code {
        switch cause {
        case .hung: .callTimedOut
        case .cancelled: .callCancelled
        default: .crashed
        }
    }

    private var places: String {
        let place = flight.place.map { ", at \($0)" } ?? ""
        return place + (flight.caller.map { ", called from \($0)" } ?? "")
    }

    private static func name(of signal: Int32) -> String {
        let names: [Int32: String] = [
            SIGSEGV: "SIGSEGV", SIGBUS: "SIGBUS", SIGFPE: "SIGFPE", SIGILL: "SIGILL",
            SIGABRT: "SIGABRT", SIGTRAP: "SIGTRAP", SIGKILL: "SIGKILL", SIGTERM: "SIGTERM",
            SIGSYS: "SIGSYS", SIGXFSZ: "SIGXFSZ",
        ]
        return "signal \(signal)" + (names[signal].map { " " + $0 } ?? "")
    }
}

/// Why a worker gave no answer.
enum WorkerFailure: Error {
    case died(WorkerDeath)
    /// The plugin said no, broke the contract, or the host refused what it wanted.
    case refused(PluginError)
}
