import CPostilPlugin
import Contracts
import ValueTree

/// The host as one plugin sees it: its table, and the services behind it.
///
/// Made once for each loaded plugin and never freed, since the plugin may keep the pointer.
@safe final class HostTable: Sendable {
    let plugin: PluginVersion
    private let log: LogGate
    /// Written before it is shared and never again.
    nonisolated(unsafe) let pointer: UnsafePointer<postil_host_t>

    init(plugin: PluginVersion, configuration: PluginHostConfiguration) {
        self.plugin = plugin
        log = LogGate(plugin: plugin, write: configuration.log)
        let table = UnsafeMutablePointer<postil_host_t>.allocate(capacity: 1)
        unsafe table.initialize(to: postil_host_t())
        unsafe table.pointee.size = UInt32(MemoryLayout<postil_host_t>.size)
        unsafe table.pointee.abi = ABIVersion.host.packed
        unsafe table.pointee.name = permanentBytes("postil")
        unsafe table.pointee.version = permanentBytes(configuration.hostVersion)
        unsafe table.pointee.get_service = { _, id in unsafe HostServices.table(id) }
        unsafe table.pointee.log = { host, level, message in
            guard let context = unsafe host?.pointee.context else { return }
            let table = unsafe Unmanaged<HostTable>.fromOpaque(context).takeUnretainedValue()
            unsafe table.log.write(level: level, message)
        }
        unsafe pointer = UnsafePointer(table)
        // The retain has no release: the table lives as long as the process.
        unsafe table.pointee.context = Unmanaged.passRetained(self).toOpaque()
    }
}

/// Bytes that live as long as the process.
func permanentBytes(_ text: String) -> postil_bytes_t {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = unsafe copy.initialize(from: text.utf8)
    return unsafe postil_bytes_t(bytes: copy.baseAddress, count: UInt64(copy.count))
}
