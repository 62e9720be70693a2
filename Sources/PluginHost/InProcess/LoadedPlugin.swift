import CPostilPlugin
import Contracts

/// A plugin whose library is in this process.
///
/// 1. ``load(_:configuration:)``: the library's constructors and its entry run.
/// 2. ``capability(_:named:)`` for each interface that is opened.
/// 3. It stays until the process ends.
@safe final class LoadedPlugin: Sendable {
    private typealias Entry =
        @convention(c) (UnsafePointer<postil_host_t>?) -> UnsafePointer<postil_plugin_t>?

    let plugin: PluginVersion
    /// The plugin's table is constant and static (plugin.h), so any thread may read it.
    private nonisolated(unsafe) let table: postil_plugin_t

    private init(plugin: PluginVersion, table: postil_plugin_t) {
        self.plugin = plugin
        unsafe self.table = unsafe table
    }

    /// Loads the library and asks its entry.
    ///
    /// - Throws: `not_loadable`, `entry_missing`, `entry_refused`, `abi_unknown`, `answer_invalid`;
    ///   what the library says of itself must be what the manifest says.
    static func load(_ package: PluginPackage, configuration: PluginHostConfiguration)
        throws(PluginError) -> LoadedPlugin
    {
        let plugin = package.manifest.plugin
        guard let file = package.library else {
            throw PluginError(
                .capabilityMissing,
                "\(plugin) has no library.",
                plugin: plugin
            )
        }
        let library = try DynamicLibrary(path: file.path)
        guard let address = unsafe library.address(of: POSTIL_PLUGIN_ENTRY_SYMBOL) else {
            throw PluginError(
                .entryMissing,
                "The library of \(plugin) has no symbol \(POSTIL_PLUGIN_ENTRY_SYMBOL).",
                hint: "Export it with POSTIL_EXPORT from postil/plugin.h.",
                plugin: plugin
            )
        }
        let entry = unsafe unsafeBitCast(address, to: Entry.self)
        let host = HostTable(plugin: plugin, configuration: configuration)
        guard let answer = unsafe entry(host.pointer) else {
            throw PluginError(
                .entryRefused,
                "\(plugin) says that it cannot run on this host.",
                hint: "The log has its reason.",
                plugin: plugin
            )
        }
        let table = unsafe try SizedTable.read(
            UnsafeRawPointer(answer),
            through: MemoryLayout<postil_plugin_t>.offset(of: \.get_capability),
            name: "plugin table",
            into: postil_plugin_t()
        )
        let loaded = unsafe LoadedPlugin(plugin: plugin, table: table)
        try loaded.checkIdentity()
        return loaded
    }

    /// The table of a capability.
    ///
    /// - Throws: `capability_missing` when the library has none of that kind and name.
    @unsafe func capability(_ kind: PluginManifest.Capability.Kind, named name: String)
        throws(PluginError) -> UnsafeRawPointer
    {
        let found = unsafe withBytes(of: kind.rawValue) { id in
            unsafe withBytes(of: name) { unsafe table.get_capability?(id, $0) }
        }
        guard let found = unsafe found ?? nil else {
            throw PluginError(
                .capabilityMissing,
                "The library of \(plugin) does not have \(kind.rawValue) `\(name)`, which its "
                    + "manifest lists.",
                plugin: plugin,
                function: "get_capability"
            )
        }
        return unsafe found
    }

    private func checkIdentity() throws(PluginError) {
        let built = unsafe ABIVersion(packed: table.abi)
        let minimum = unsafe ABIVersion(packed: table.abi_minimum)
        guard ABIVersion.isServed(built: built, minimum: minimum) else {
            throw PluginError(
                .abiUnknown,
                "The library of \(plugin) was built for the ABI \(built).",
                hint: "This host has the ABI \(ABIVersion.host).",
                plugin: plugin
            )
        }
        let (id, version) = unsafe (table.id.text(limit: 256), table.version.text(limit: 256))
        guard id == plugin.id, version == plugin.version else {
            throw PluginError(
                .answerInvalid,
                "The library of \(plugin) says that it is \(id) \(version).",
                hint: "Manifest and library must agree.",
                plugin: plugin
            )
        }
        guard unsafe table.get_capability != nil else {
            throw PluginError(
                .answerInvalid,
                "The library of \(plugin) has no get_capability.",
                plugin: plugin
            )
        }
    }
}
