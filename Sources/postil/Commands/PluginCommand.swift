internal import ArgumentParser

/// `postil plugin`: plugins without a daemon.
struct PluginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin",
        abstract: "List, inspect and try plugins.",
        subcommands: [PluginListCommand.self, PluginInspectCommand.self, PluginRunCommand.self]
    )
}
