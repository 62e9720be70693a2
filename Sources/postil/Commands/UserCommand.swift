internal import ArgumentParser

/// `postil user`: users, before the first start as well as while the daemon runs.
struct UserCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "user",
        abstract: "Make users and links that sign them in.",
        subcommands: [UserCreateCommand.self, UserSignInLinkCommand.self]
    )
}
