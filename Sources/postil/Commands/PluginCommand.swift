internal import ArgumentParser

/// `postil plugin`: plugins without a daemon.
struct PluginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin",
        abstract: "Make, check, publish, install, list, inspect and try plugins.",
        subcommands: [
            PluginNewCommand.self, PluginBuildCommand.self, PluginCheckCommand.self,
            PluginRunCommand.self, PluginPackCommand.self, PluginKeygenCommand.self,
            PluginSignCommand.self, PluginInstallCommand.self, PluginTrustCommand.self,
            PluginListCommand.self, PluginInspectCommand.self,
        ]
    )
}
