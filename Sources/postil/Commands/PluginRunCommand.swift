internal import ArgumentParser
internal import Contracts
internal import FoundationEssentials
internal import LabelModel
internal import LabelingConfig
internal import PluginHost
internal import ValueTree

/// `postil plugin run`.
struct PluginRunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Run an exporter or a metric over tasks from a file, without a daemon.",
        discussion: "The plugin's code runs in this process: a crash of it ends the command."
    )

    @Argument(help: "The folder with manifest.json.")
    var folder: String

    @Option(help: "Name of the exporter; not needed when the plugin has only one.")
    var exporter: String?

    @Option(help: "Name of the metric; prints one line of JSON for each score.")
    var metric: String?

    @Option(help: "JSON file with tasks as an export holds them.")
    var tasks: String

    @Option(help: "File with the labeling config.")
    var labelConfig: String?

    @Option(help: "Settings: a JSON object.")
    var settings = "{}"

    @Option(help: "Folder with the media that tasks refer to by /data/… addresses.")
    var mediaRoot: String?

    @Option(name: .shortAndLong, help: "Folder that gets the files of an exporter.")
    var output: String?

    func run() async throws {
        let config = try labelConfig.map { try Self.text(of: $0) } ?? "<View></View>"
        let parsed: RawJSON
        do {
            let tree = try LabelingConfigParser(limits: .standard).parse(config)
            parsed = LabelingConfig(tree, registry: .builtIn).parsedLabelConfig
        } catch {
            throw CommandFailure("The labeling config cannot be read: \(error.message)")
        }
        guard let settings = try? JSONText(parsing: settings) else {
            throw ValidationError("--settings is no JSON object.")
        }
        let input = try Self.bytes(of: tasks)
        if metric != nil || output == nil {
            return try await runMetric(input, config, parsed, RawJSON(checked: settings.rawBytes))
        }
        guard let output else { throw ValidationError("Name a folder for the files: --output.") }
        try await CommandFailure.telling {
            let trial = try ExporterTrial(
                folder: AbsolutePath.of(folder),
                exporter: exporter,
                configuration: Workplace.hostConfiguration(logger: DataOptions.logger)
            )
            let losses = try await trial.run(
                tasks: input,
                labelConfig: config,
                parsedLabelConfig: parsed,
                settings: RawJSON(checked: settings.rawBytes),
                sink: FolderSink(
                    path: AbsolutePath.of(output),
                    media: mediaRoot.map { FolderMedia(path: AbsolutePath.of($0)) }
                )
            )
            for loss in losses.entries {
                Terminal.print(LossLine.text(of: loss))
            }
        }
    }

    private func runMetric(
        _ input: [UInt8],
        _ config: String,
        _ parsed: RawJSON,
        _ settings: RawJSON
    ) async throws {
        guard exporter == nil else {
            throw ValidationError("Name a folder for the exporter's files: --output.")
        }
        try await CommandFailure.telling {
            let trial = try MetricTrial(
                folder: AbsolutePath.of(folder),
                metric: metric,
                configuration: Workplace.hostConfiguration(logger: DataOptions.logger)
            )
            let verdicts = try await trial.run(
                tasks: input,
                labelConfig: config,
                parsedLabelConfig: parsed,
                settings: settings
            )
            for verdict in verdicts { Terminal.print(Self.line(verdict)) }
        }
    }

    private static func line(_ verdict: MetricTrial.Verdict) -> String {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("task", verdict.task)
            writer.key("first")
            write(verdict.first, to: &writer)
            if let second = verdict.second {
                writer.key("second")
                write(second, to: &writer)
            }
            writer.member("score", verdict.score.value)
            writer.key("parts")
            writer.array { writer in
                for part in verdict.score.parts {
                    writer.object { writer in
                        writer.member("label", part.label)
                        writer.member("score", part.score)
                        writer.member("weight", part.weight)
                    }
                }
            }
        }
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    private static func write(_ answer: MetricTrial.Answer, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", answer.id)
            writer.member("kind", answer.kind.rawValue)
        }
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        do {
            return Array(try Data(contentsOf: URL(filePath: AbsolutePath.of(path))))
        } catch {
            throw CommandFailure("The file \(path) cannot be read.")
        }
    }

    private static func text(of path: String) throws -> String {
        String(decoding: try bytes(of: path), as: UTF8.self)
    }
}
