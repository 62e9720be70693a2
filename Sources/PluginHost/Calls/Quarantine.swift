import Contracts
import Synchronization

/// Plugin versions that hung or broke the contract since the start.
///
/// They stay here until the next.
final class Quarantine: Sendable {
    private let reasons = Mutex<[PluginVersion: PluginError]>([:])

    /// Takes a version out of use.
    ///
    /// The first reason counts; later ones are its consequences.
    func put(_ plugin: PluginVersion, because reason: PluginError) {
        reasons.withLock { if $0[plugin] == nil { $0[plugin] = reason } }
    }

    /// Lets a version be used again, since its files are other ones now.
    func release(_ plugin: PluginVersion) {
        reasons.withLock { $0[plugin] = nil }
    }

    var all: [PluginVersion: PluginError] { reasons.withLock { $0 } }

    /// - Throws: `plugin_quarantined` with the reason, when the plugin is here.
    func check(_ plugin: PluginVersion) throws(PluginError) {
        guard let reason = reasons.withLock({ $0[plugin] }) else { return }
        throw PluginError(
            .quarantined,
            "\(plugin) is in quarantine until Postil starts again: \(reason.message)",
            hint: "Restart Postil, or install another version of the plugin.",
            plugin: plugin,
            function: reason.function,
            task: reason.task
        )
    }
}
