internal import ArgumentParser

/// `postil version`.
struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "version",
        abstract: "Print the version."
    )

    func run() throws {
        Terminal.print("postil \(PostilVersion.text)")
    }
}
