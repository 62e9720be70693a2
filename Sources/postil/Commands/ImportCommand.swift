internal import ArgumentParser
internal import FoundationEssentials
internal import LabelModel
internal import LabelingService

/// `postil import`.
struct ImportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Import tasks into a project from files: JSON, CSV, TSV or text."
    )

    @OptionGroup var data: DataOptions

    @Option(help: "Id of the project.")
    var project: Int64

    @Option(help: "Address of the user who imports. (default: the first administrator)")
    var email: String?

    @Argument(help: "Files to import, all or none.")
    var files: [String]

    func run() async throws {
        let settings = try await data.settings()
        let answer = try await Workplace.with(settings, logger: DataOptions.logger) { workplace in
            let user =
                if let email { try await workplace.user(email: email) } else {
                    try await workplace.administrator()
                }
            let session = try await workplace.service.imports.begin(
                into: ProjectID(rawValue: project),
                options: ImportOptions(),
                by: user
            )
            do {
                for file in files {
                    let url = URL(filePath: AbsolutePath.of(file))
                    try await session.add(
                        name: url.lastPathComponent,
                        mediaType: nil,
                        bytes: FileChunks(path: url.path(percentEncoded: false))
                    )
                }
                return try await session.finish()
            } catch {
                await session.cancel()
                throw error
            }
        }
        Terminal.print(
            "\(answer.taskCount) tasks, \(answer.annotationCount) annotations, "
                + "\(answer.predictionCount) predictions"
        )
    }
}
