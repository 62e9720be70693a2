internal import ArgumentParser

/// `postil`: the daemon, and what is done on its data without it.
@main
struct PostilCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "postil",
        abstract: "Label data together, and extend how it is done with plugins.",
        discussion: """
            Exit codes: 0 done, 1 it failed (the reason is on standard error), 64 the command was \
            not understood.
            """,
        version: PostilVersion.text,
        subcommands: [
            ServeCommand.self, UserCommand.self, ImportCommand.self, ExportCommand.self,
            ProjectCommand.self, PluginCommand.self, VersionCommand.self,
        ]
    )
}
