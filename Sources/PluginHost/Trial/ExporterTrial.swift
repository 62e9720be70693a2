public import Contracts
public import LabelModel
import ValueTree

/// Runs an exporter of a plugin's folder over tasks from a file, without a daemon.
///
/// For `postil plugin run`. The plugin's code runs in this process.
public struct ExporterTrial: Sendable {
    private static let tasksPerBatch = 256

    /// The exporter that ``run(tasks:labelConfig:parsedLabelConfig:settings:sink:)`` uses.
    public let capability: PluginManifest.Capability
    private let package: PluginPackage
    private let transport: InProcessTransport

    /// Reads the folder; loads nothing yet.
    ///
    /// - Parameters:
    ///   - folder: Holds `manifest.json`.
    ///   - name: The format's name; `nil` when the plugin has only one exporter.
    ///   - configuration: Limits of the run.
    /// - Throws: Why the folder is refused, or `capability_missing`.
    public init(folder: String, exporter name: String?, configuration: PluginHostConfiguration)
        throws(PluginError)
    {
        let inspector = PackageInspector(hostVersion: SemanticVersion(configuration.hostVersion))
        package = try inspector.inspect(folder, expected: nil).result.get()
        let exporters = package.manifest.capabilities.filter { $0.kind == .exporter }
        let found = exporters.first { $0.name.lowercased() == name?.lowercased() }
        guard let capability = name == nil && exporters.count == 1 ? exporters[0] : found else {
            throw PluginError(
                .capabilityMissing,
                "\(package.manifest.plugin) has \(exporters.count) exporters"
                    + (name.map { " and none of the name \($0)." } ?? "."),
                hint: exporters.isEmpty
                    ? nil : "One of: \(exporters.map(\.name).joined(separator: ", ")).",
                plugin: package.manifest.plugin
            )
        }
        self.capability = capability
        transport = InProcessTransport(configuration: configuration, quarantine: Quarantine())
    }

    /// Exports the tasks.
    ///
    /// - Parameters:
    ///   - tasks: A JSON array of tasks in Label Studio's JSON export shape, or one task.
    ///   - labelConfig: The XML.
    ///   - parsedLabelConfig: `{control: {type, to_name, inputs, labels, labels_attrs}}`.
    ///   - settings: A JSON object; the schema's defaults are filled in.
    ///   - sink: Takes the files.
    /// - Returns: What the format could not hold.
    /// - Throws: `settings_invalid`, `call_failed` for tasks that are not JSON, or what the plugin
    ///   reports.
    public func run(
        tasks: [UInt8],
        labelConfig: String = "<View></View>",
        parsedLabelConfig: RawJSON = .emptyObject,
        settings: RawJSON = .emptyObject,
        sink: any ExportSink
    ) async throws(PluginError) -> LossReport {
        let settings = try SettingsCheck.checked(
            settings,
            capability,
            of: package.manifest.plugin
        )
        let batches = try Self.batches(tasks)
        let run = try await transport.openExporter(
            package,
            name: capability.name,
            context: Self.context(labelConfig, parsedLabelConfig, settings),
            sink: sink
        )
        do throws(PluginError) {
            for batch in batches { try await run.consume(batch) }
        } catch {
            await run.abort()
            throw error
        }
        return try await run.finish()
    }

    static func context(
        _ labelConfig: String,
        _ parsedLabelConfig: RawJSON,
        _ settings: RawJSON
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("project")
            writer.object { writer in
                writer.member("id", 1)
                writer.member("title", "Trial")
            }
            writer.member("label_config", labelConfig)
            writer.member("parsed_label_config", parsedLabelConfig)
            writer.key("export")
            writer.object { $0.member("created_at", Timestamp(microseconds: 0)) }
            writer.member("settings", settings)
        }
        return writer.bytes
    }

    static func batches(_ tasks: [UInt8]) throws(PluginError) -> [ExportBatch] {
        let elements = try self.tasks(tasks)
        return stride(from: 0, to: elements.count, by: tasksPerBatch).map { start in
            var batch = ExportBatch()
            for element in elements[start...].prefix(tasksPerBatch) { batch.append(element) }
            return batch
        }
    }

    /// The tasks of a file: the elements of an array, or the one object that it is.
    static func tasks(_ bytes: [UInt8]) throws(PluginError) -> [JSONText] {
        let text: JSONText
        do {
            text = try JSONText(parsing: bytes)
        } catch {
            throw PluginError(
                .callFailed,
                "The tasks are not JSON: line \(error.line), column \(error.column): "
                    + error.message,
                pointer: error.pointer
            )
        }
        return text.kind == .array ? Array(text.elements) : [text]
    }
}

extension ExportBatch {
    /// Adds a task in Label Studio's JSON export shape.
    fileprivate mutating func append(_ task: JSONText) {
        let start = bytes.count
        let origin = task.rawRange.lowerBound
        bytes += task.rawBytes
        let place = { (part: JSONText?) -> Range<Int> in
            guard let range = part?.rawRange else { return start..<start }
            return range.lowerBound - origin + start..<range.upperBound - origin + start
        }
        let annotations = task["annotations"].map { Array($0.elements) } ?? []
        let answered = annotations.filter { $0["result"] != nil }
        entries.append(
            Entry(
                task: task["id"]?.int64 ?? 0,
                project: task["project"]?.int64 ?? 0,
                revision: 1,
                updatedAt: 0,
                annotationCount: Int64(annotations.count),
                text: start..<bytes.count,
                data: place(task["data"]),
                results: answered.map { place($0["result"]) },
                annotations: answered.map { $0["id"]?.int64 ?? 0 }
            )
        )
    }
}
