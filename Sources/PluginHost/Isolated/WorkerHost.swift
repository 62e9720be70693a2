import Contracts

/// What a worker's owner provides: limits, the log, and who is told of refusals.
struct WorkerHost: Sendable {
    var plugin: PluginVersion
    var callLimit: Duration
    var log: LogGate
    var write: @Sendable (PluginLogLine) -> Void
    /// A system call that the sandbox refused.
    var refused: @Sendable (_ call: String, _ isHabit: Bool) -> Void

    /// Logs a sentence that begins with the plugin's name.
    func note(_ sentence: String) {
        write(PluginLogLine(level: .warning, plugin: plugin, message: "\(plugin) \(sentence)"))
    }
}
