import CPluginWire
import Contracts

/// What a worker runs, and within which limits.
struct WorkerSpec: Sendable {
    var plugin: PluginVersion
    /// Empty for functions that are bound by name alone.
    var library: String
    /// Readable beside the system's libraries and data: the package, and the runtime's libraries.
    var readableFolders: [String]
    var hostVersion: String
    /// The only folder that it may write to, and its TMPDIR; empty for none.
    var scratch = ""
    var memoryBytes: UInt64
    var fileBytes: UInt64 = 1 << 30
    var descriptors: UInt32 = 256

    /// SPAWN's payload.
    var payload: [UInt8] {
        var head = postil_wire_spawn_t()
        head.memory_bytes = memoryBytes
        head.file_bytes = fileBytes
        head.descriptors = descriptors
        head.choices = 1  // POSTIL_SANDBOX_ANNOUNCED
        head.readable_count = UInt32(readableFolders.count)
        head.abi = ABIVersion.host.packed
        var payload = unsafe withUnsafeBytes(of: &head) { unsafe Array($0) }
        let texts = [library, plugin.id, plugin.version, hostVersion, scratch] + readableFolders
        for text in texts { payload += Array(text.utf8) + [0] }
        return payload
    }
}
