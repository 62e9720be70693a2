internal import ArgumentParser

/// `postil project`.
struct ProjectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "project",
        abstract: "Move whole projects between installations, and out of Label Studio.",
        subcommands: [
            ProjectPackCommand.self, ProjectUnpackCommand.self, ProjectCopyCommand.self,
        ]
    )
}
