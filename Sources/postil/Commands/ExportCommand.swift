internal import ArgumentParser
internal import Contracts
internal import FoundationEssentials
internal import Glibc
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
            let user =
                if let email { try await workplace.user(email: email) } else {
                    try await workplace.administrator()
                }
            let result = try await workplace.service.exports.export(request, by: user)
            guard let output else {
                for try await chunk in result.chunks { Terminal.write(chunk) }
                return try Self.tellLosses(of: result, request, workplace)
            }
            try await Self.write(result.chunks, to: AbsolutePath.of(output))
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

    /// Writes beside the file first, so that half an export never stands under its name.
    private static func write(_ chunks: ExportChunks, to path: String) async throws {
        let draft = path + ".part"
        guard FileManager.default.createFile(atPath: draft, contents: nil) else {
            throw CommandFailure("The file \(path) cannot be written.")
        }
        let descriptor = unsafe open(draft, O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw CommandFailure("The file \(path) cannot be written.") }
        defer { close(descriptor) }
        do {
            for try await chunk in chunks {
                guard Terminal.write(chunk, to: descriptor) else {
                    throw CommandFailure("The file \(path) could not be written to its end.")
                }
            }
        } catch {
            try? FileManager.default.removeItem(atPath: draft)
            throw error
        }
        guard unsafe rename(draft, path) == 0 else {
            throw CommandFailure("The file \(path) cannot be replaced.")
        }
    }
}
