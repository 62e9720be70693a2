internal import ArgumentParser
internal import LabelModel
internal import LabelingService

/// `postil project pack`.
struct ProjectPackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack",
        abstract: "Put a project with all that was done in it into one archive.",
        discussion: "Without --output the archive goes to standard output."
    )

    @OptionGroup var data: DataOptions

    @Option(help: "Id of the project.")
    var project: Int64

    @Flag(help: "Leave out the bytes of uploaded files.")
    var withoutFiles = false

    @Flag(help: "Files of media roots that tasks refer to, too.")
    var localMedia = false

    @Option(
        help: ArgumentHelp(
            "Folder that tasks refer to by /data/local-files/; repeatable.",
            valueName: "dir"
        )
    )
    var mediaRoot: [String] = []

    @Option(help: "Address of the user who packs. (default: the first administrator)")
    var email: String?

    @Option(name: .shortAndLong, help: "File to write; it appears when it is complete.")
    var output: String?

    func run() async throws {
        var settings = try await data.settings()
        settings.mediaRoots += mediaRoot.map { AbsolutePath.of($0) }
        var options = PackOptions()
        options.includesUploads = !withoutFiles
        options.includesLocalMedia = localMedia
        try await Workplace.with(settings, logger: DataOptions.logger) { [options] workplace in
            let user = try await workplace.user(of: email)
            let archive = try await workplace.service.moves.pack(
                ProjectID(rawValue: project),
                options,
                by: user
            )
            guard let output else {
                for try await chunk in archive { Terminal.write(chunk) }
                return
            }
            try await WholeFile.write(archive, to: AbsolutePath.of(output))
        }
    }
}
