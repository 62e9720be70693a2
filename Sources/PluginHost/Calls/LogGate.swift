import CPostilPlugin
import Contracts
import Synchronization

/// What a plugin logs, cut to length and held back when it floods.
final class LogGate: Sendable {
    private static let maximumBytes = 4096
    private static let linesPerSecond = 200

    private struct Window {
        var startedAt = ContinuousClock.now
        var lines = 0
        var dropped = 0
    }

    private let plugin: PluginVersion
    private let write: @Sendable (PluginLogLine) -> Void
    private let window = Mutex(Window())

    init(plugin: PluginVersion, write: @escaping @Sendable (PluginLogLine) -> Void) {
        self.plugin = plugin
        self.write = write
    }

    @unsafe func write(level: Int32, _ message: postil_bytes_t) {
        write(level: level) { unsafe message.text(limit: Self.maximumBytes) }
    }

    func write(level: Int32, _ message: String) {
        write(level: level) {
            String(decoding: message.utf8.prefix(Self.maximumBytes), as: UTF8.self)
        }
    }

    private func write(level: Int32, _ text: () -> String) {
        let (isOpen, dropped) = admit()
        if dropped > 0 {
            write(line(.warning, "\(dropped) lines of the plugin were dropped."))
        }
        guard isOpen else { return }
        write(line(PluginLogLine.Level(rawValue: level) ?? .info, text()))
    }

    private func line(_ level: PluginLogLine.Level, _ message: String) -> PluginLogLine {
        PluginLogLine(level: level, plugin: plugin, message: message)
    }

    /// Whether one more line may pass, and how many did not in the second that has just ended.
    private func admit() -> (isOpen: Bool, dropped: Int) {
        window.withLock { window in
            var dropped = 0
            if window.startedAt.duration(to: .now) >= .seconds(1) {
                dropped = window.dropped
                window = Window()
            }
            window.lines += 1
            guard window.lines > Self.linesPerSecond else { return (true, dropped) }
            window.dropped += 1
            return (false, dropped)
        }
    }
}
