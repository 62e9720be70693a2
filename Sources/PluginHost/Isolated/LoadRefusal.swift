import CPluginWire
import CPostilPlugin
import Contracts

/// Why a worker could not use a library, in the words that the host uses everywhere.
enum LoadRefusal {
    static func error(reason: Int, _ text: String, _ plugin: PluginVersion) -> PluginError {
        switch reason {
        case Int(POSTIL_WIRE_NOT_LOADABLE):
            PluginError(
                .notLoadable,
                "The library of \(plugin) cannot be loaded: \(text).",
                hint: "ldd shows which libraries it needs. The sandbox lets it read those of the "
                    + "system and of its package.",
                plugin: plugin
            )
        case Int(POSTIL_WIRE_ENTRY_MISSING):
            PluginError(
                .entryMissing,
                "The library of \(plugin) has no symbol \(POSTIL_PLUGIN_ENTRY_SYMBOL).",
                hint: "Export it with POSTIL_EXPORT from postil/plugin.h.",
                plugin: plugin
            )
        case Int(POSTIL_WIRE_ENTRY_REFUSED):
            PluginError(
                .entryRefused,
                "\(plugin) says that it cannot run on this host.",
                hint: "The log has its reason.",
                plugin: plugin
            )
        case Int(POSTIL_WIRE_ABI_UNKNOWN):
            PluginError(
                .abiUnknown,
                "The library of \(plugin) was built for the ABI \(text).",
                hint: "This host has the ABI \(ABIVersion.host).",
                plugin: plugin
            )
        case Int(POSTIL_WIRE_IDENTITY_WRONG):
            PluginError(
                .answerInvalid,
                "The library of \(plugin) says that it is \(text).",
                hint: "Manifest and library must agree.",
                plugin: plugin
            )
        default:
            PluginError(
                .answerInvalid,
                "The library of \(plugin) has a table that cannot be used: \(text).",
                plugin: plugin
            )
        }
    }
}

extension PluginRuntime.Sandbox.Level {
    /// Reads the wire's number; what is unknown counts as none.
    init(wire: UInt64) {
        self = wire == 2 ? .full : wire == 1 ? .partial : .none
    }
}
