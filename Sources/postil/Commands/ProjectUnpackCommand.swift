internal import ArgumentParser
internal import LabelingService

/// `postil project unpack`.
struct ProjectUnpackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unpack",
        abstract: "Make a project of an archive, all of it or nothing."
    )

    @OptionGroup var data: DataOptions

    @Option(help: "Another title for the project.")
    var title: String?

    @Option(help: "Address of the administrator who unpacks. (default: the first one)")
    var email: String?

    @Argument(help: "The archive; - reads standard input.")
    var file: String

    func run() async throws {
        let path = file == "-" ? "/dev/stdin" : AbsolutePath.of(file)
        let unpacked = try await Workplace.with(
            data.settings(),
            logger: DataOptions.logger
        ) { workplace in
            try await workplace.service.moves.unpack(
                FileChunks(path: path),
                title: title,
                by: workplace.user(of: email)
            )
        }
        UnpackedProjectText.print(unpacked)
    }
}
