internal import ArgumentParser
internal import Contracts
internal import LabelModel
internal import LabelingService

/// `postil export`.
struct ExportCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Export a project through one of its exporters.",
        discussion: "Without --output the file goes to standard output."
    )

    @OptionGroup var data: DataOptions

    @Option(help: "Id of the project.")
    var project: Int64

    @Option(help: "Name of the format.")
    var format = "JSON"

    @Option(help: "Settings of the format: a JSON object.")
    var settings: String?

    @Flag(help: "Tasks without annotations too.")
    var allTasks = false

    @Option(help: "Address of the user who exports. (default: the first administrator)")
    var email: String?

    @Option(name: .shortAndLong, help: "File to write; it appears when it is complete.")
    var output: String?

    func run() async throws {
        let settings = try await data.settings()
        let request = ExportRequest(
            project: ProjectID(rawValue: project),
            format: format,
            settings: self.settings.map { Array($0.utf8) },
            includesUnannotated: allTasks
        )
        try await Workplace.with(settings, logger: DataOptions.logger) { workplace in
            let user = try await workplace.user(of: email)
            let result = try await workplace.service.exports.export(request, by: user)
            guard let output else {
                for try await chunk in result.chunks { Terminal.write(chunk) }
                return try Self.tellLosses(of: result, request, workplace)
            }
            try await WholeFile.write(result.chunks, to: AbsolutePath.of(output))
            try Self.tellLosses(of: result, request, workplace)
        }
    }

    /// Says on standard error what the format could not hold; the file may be standard output.
    private static func tellLosses(
        of result: ExportResult,
        _ request: ExportRequest,
        _ workplace: Workplace
    ) throws {
        let report = try workplace.service.exports.report(result.report, of: request.project)
        guard case .finished(let losses) = report.state else { return }
        for loss in losses.entries { Terminal.complain(LossLine.text(of: loss)) }
    }
}
