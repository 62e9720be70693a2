import Contracts
import Synchronization

/// How the plugins' processes have fared since the start.
final class PluginHealth: Sendable {
    /// So many incidents within ``window`` take a version out of use.
    private static let mostIncidents = 3
    private static let window = Duration.seconds(3600)

    private struct Record {
        var sandbox: PluginRuntime.Sandbox?
        var incidents: [ContinuousClock.Instant] = []
        var crashCount = 0
        var refusalCount = 0
        var lastCrash: PluginError?
    }

    private let quarantine: Quarantine
    private let records = Mutex<[PluginVersion: Record]>([:])

    init(quarantine: Quarantine) { self.quarantine = quarantine }

    func note(_ sandbox: PluginRuntime.Sandbox, of plugin: PluginVersion) {
        records.withLock { $0[plugin, default: Record()].sandbox = sandbox }
    }

    /// Begins a new book for a version whose files are other ones now.
    func forget(_ plugin: PluginVersion) {
        records.withLock { $0[plugin] = nil }
    }

    func noteRefusal(of plugin: PluginVersion) {
        records.withLock { $0[plugin, default: Record()].refusalCount += 1 }
    }

    /// Counts an incident; the third within an hour puts the version into quarantine.
    func note(_ error: PluginError, of plugin: PluginVersion) {
        let now = ContinuousClock.now
        let isTooMuch = records.withLock { records in
            var record = records[plugin, default: Record()]
            record.incidents.removeAll { $0.duration(to: now) > Self.window }
            record.incidents.append(now)
            record.crashCount += 1
            record.lastCrash = error
            records[plugin] = record
            return record.incidents.count >= Self.mostIncidents
        }
        guard isTooMuch else { return }
        var reason = error
        reason.message = "\(Self.mostIncidents) crashes within an hour. The last: \(error.message)"
        quarantine.put(plugin, because: reason)
    }

    /// Takes a version out of use at once: it broke the contract.
    func distrust(_ plugin: PluginVersion, because error: PluginError) {
        quarantine.put(plugin, because: error)
    }

    func runtime(of plugin: PluginVersion, _ isolation: PluginRuntime.Isolation) -> PluginRuntime {
        let record = records.withLock { $0[plugin] } ?? Record()
        return PluginRuntime(
            isolation: isolation,
            sandbox: isolation == .isolated ? record.sandbox : nil,
            crashCount: record.crashCount,
            refusalCount: record.refusalCount,
            lastCrash: record.lastCrash,
            quarantine: quarantine.all[plugin]
        )
    }
}
