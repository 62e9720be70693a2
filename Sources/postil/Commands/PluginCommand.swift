internal import ArgumentParser

/// `postil plugin`: plugins without a daemon.
struct PluginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin",
        abstract: "Make, check, list, inspect and try plugins.",
        subcommands: [
            PluginNewCommand.self, PluginBuildCommand.self, PluginCheckCommand.self,
            PluginListCommand.self, PluginInspectCommand.self, PluginRunCommand.self,
        ]
    )
}
