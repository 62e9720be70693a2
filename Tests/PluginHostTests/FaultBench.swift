import Contracts
import Foundation
import LabelModel
import LabelingConfig
import PluginHost
import Testing

/// Plugins with faults beside a healthy one, and what a host reports of a fault.
///
/// Each fault gets a catalog of its own: three crashes would put a plugin into quarantine.
struct FaultBench: Sendable {
    static let badTask: Int64 = 7

    let folder: TemporaryFolder
    let runner: String
    let languages: [FaultLanguage]
    private let healthy: PluginVersion

    /// Compiles the plugins; a language without a compiler on this machine is left out.
    init() async throws {
        folder = try TemporaryFolder()
        runner = try await FixtureCompiler.shared.runner()
        let lines = try await FixtureCompiler.shared.library("lines")
        let plugin = TestPlugin.exporters("org.example.lines", ["LINES_TEXT"], library: lines)
        try plugin.install(in: folder)
        healthy = plugin.plugin
        var languages: [FaultLanguage] = []
        for language in FaultLanguage.allCases {
            guard let library = try await FixtureCompiler.shared.faults(language) else { continue }
            try Self.plugin(language, library: library).install(in: folder)
            languages.append(language)
        }
        self.languages = languages
    }

    /// Lets a plugin go wrong while another job is under way, and says what the host reported.
    ///
    /// The job and the catalog are checked on the way.
    func outcome(_ fault: Fault, _ language: FaultLanguage, _ place: FaultPlace) async throws
        -> String
    {
        let log = LogLines()
        let catalog = PluginDirectoryCatalog(
            directories: [PluginDirectory(path: folder.path)],
            configuration: PluginHostConfiguration(
                hostVersion: "0.1.0",
                callLimit: fault.hangs ? .seconds(2) : .seconds(60),
                outputByteLimit: 4 << 20,
                runner: runner,
                memoryByteLimit: 128 << 20,
                log: { log.add($0) }
            )
        )
        let sink = MemorySink()
        let job = try await catalog.openExporter(
            healthy,
            name: "LINES_TEXT",
            context: Array("{}".utf8),
            sink: sink
        )
        try await job.consume(batch([1]))
        let plugin = Self.plugin(language, library: "").plugin
        let outcome =
            switch place {
            case .exporter: try await export(fault, plugin, catalog)
            case .importSource: try await importTasks(fault, plugin, catalog)
            case .tag: try await judge(fault, plugin, catalog)
            case .metric: try await score(fault, plugin, catalog)
            }
        #expect(await catalog.installed().count == languages.count + 1, "the host answers")
        try await job.consume(batch([2]))
        _ = try await job.finish()
        let wanted =
            #"{"id": 1, "data": {"image":"1.png"}}"# + "\n"
            + #"{"id": 2, "data": {"image":"2.png"}}"# + "\nend\n"
        #expect(sink.files == ["lines.txt": wanted], "\(fault.name), \(language)")
        return outcome + (await remarks(fault, log, place))
    }

    private static func plugin(_ language: FaultLanguage, library: String) -> TestPlugin {
        var plugin = TestPlugin(id: "org.example.faults.\(language.rawValue)", library: library)
        plugin.members["capabilities"] = [
            ["id": "postil.exporter/1", "name": "FAULT_\(language.rawValue)", "reads": "text"],
            ["id": "postil.import-source/1", "name": "fault-\(language.rawValue)"],
            ["id": "postil.tag/1", "name": tag(language)],
            ["id": "postil.metric/1", "name": "fault-metric"],
        ]
        plugin.members["metrics"] = [["name": "fault-metric"]]
        let description: [String: Any] = [
            "tag": tag(language), "kind": "control", "targets": ["Image"],
            "standIn": "keypointlabels",
            "attributes": ["type": "object", "properties": ["fault": ["type": "string"]]],
            "resultTypes": [["type": "fault", "valueSchema": ["type": "object"]]],
        ]
        plugin.members["tags"] = [description]
        return plugin
    }

    private static func suffix(_ plugin: PluginVersion) -> String {
        String(plugin.id.split(separator: ".").last ?? "")
    }

    private static func tag(_ language: FaultLanguage) -> String {
        "Fault" + language.rawValue.prefix(1).uppercased() + language.rawValue.dropFirst()
    }

    // MARK: The four places

    private func export(_ fault: Fault, _ plugin: PluginVersion, _ catalog: PluginDirectoryCatalog)
        async throws -> String
    {
        let name = "FAULT_" + Self.suffix(plugin)
        let sink = MemorySink()
        var losses = LossReport()
        let error = await failure { () async throws(PluginError) in
            let run = try await catalog.openExporter(
                plugin,
                name: name,
                context: Array(
                    #"{"settings": {"fault": "\#(fault.name)", "task": \#(Self.badTask)}}"#.utf8
                ),
                sink: sink
            )
            do throws(PluginError) {
                try await run.consume(batch(Array(1...9)))
                losses = try await run.finish()
            } catch {
                await run.abort()
                throw error
            }
        }
        if let error { return "fails: " + describe(error, plugin, "exporter.") }
        let crash = await catalog.runtimes()[plugin]?.lastCrash
        let wanted = (1...9).filter { crash == nil || $0 != Self.badTask }
        #expect(sink.files == ["ids.txt": wanted.map { "\($0)\n" }.joined()], "\(fault.name)")
        guard let crash else { return "goes on" }
        #expect(losses.entries.map(\.code) == ["task_left_out"], "\(fault.name)")
        #expect(crash.task == Self.badTask, "\(fault.name), \(plugin)")
        return "goes on without the task: " + describe(crash, plugin, "exporter.consume")
    }

    private func importTasks(
        _ fault: Fault,
        _ plugin: PluginVersion,
        _ catalog: PluginDirectoryCatalog
    ) async throws -> String {
        let path = try folder.write("x", to: ".files/\(UUID().uuidString)")
        var count = 0
        let error = await failure { () async throws(PluginError) in
            let run = try await catalog.openImportSource(
                plugin,
                name: "fault-" + Self.suffix(plugin),
                context: Array(#"{"settings": {"fault": "\#(fault.name)"}}"#.utf8),
                inputs: [ImportInput(name: "x", byteCount: 1, path: path, reference: "/x")]
            )
            do throws(PluginError) {
                while let tasks = try await run.next() { count += tasks.count }
            } catch {
                await run.close()
                throw error
            }
            await run.close()
        }
        if let error { return "fails: " + describe(error, plugin, "import_source.") }
        #expect(count == 2, "\(fault.name), \(plugin)")
        return "goes on"
    }

    private func judge(_ fault: Fault, _ plugin: PluginVersion, _ catalog: PluginDirectoryCatalog)
        async throws -> String
    {
        let manifest = try #require(
            await catalog.installed().first { $0.plugin == plugin }?.manifest
        )
        let tag = try #require(manifest.tags.first)
        let behavior = try await catalog.tagBehavior(plugin, tag: tag.tag)
        let registry = try TagRegistry.builtIn.adding([
            TagRegistry.Entry(tag.definition, behavior: behavior)
        ])
        let xml =
            #"<View><Image name="img" value="$image"/><\#(tag.tag) name="f" toName="img" fault="\#(fault.name)"/></View>"#
        let config = LabelingConfig(try LabelingConfigParser().parse(xml), registry: registry)
        let results = TagResults(
            control: try #require(config.controls.first),
            object: config.objects.first,
            config: config,
            taskData: #"{"image": "a.png"}"#,
            entries: [TagResults.Entry(index: 0, json: #"{"id": "r", "value": {}}"#)]
        )
        do throws(TagBehaviorFailure) {
            _ = try await behavior.problems(with: results)
            _ = try await behavior.normalized(results)
            return "goes on"
        } catch {
            let runtime = await catalog.runtimes()[plugin]
            guard let known = runtime?.lastCrash ?? runtime?.quarantine else {
                return "fails: " + Self.reason(error.code, error.message, nil)
            }
            return "fails: " + describe(known, plugin, "tag.")
        }
    }

    private func score(_ fault: Fault, _ plugin: PluginVersion, _ catalog: PluginDirectoryCatalog)
        async throws -> String
    {
        var questions = MetricBatch()
        let task = questions.addTask(Self.badTask, data: .emptyObject)
        let answer = questions.addAnswer(
            1,
            .annotation,
            result: RawJSON(checked: Array("[]".utf8)),
            of: Self.badTask
        )
        questions.questions = [MetricBatch.Question(task: task, first: answer, second: answer)]
        let asked = questions
        var scores: [MetricScore] = []
        let error = await failure { () async throws(PluginError) in
            let run = try await catalog.openMetric(
                plugin,
                name: "fault-metric",
                context: Array(#"{"settings": {"fault": "\#(fault.name)"}}"#.utf8)
            )
            do throws(PluginError) {
                scores = try await run.scores(asked)
            } catch {
                await run.close()
                throw error
            }
            await run.close()
        }
        if let error {
            let hasTask = error.code == .crashed || error.code == .callTimedOut
            #expect(error.task == (hasTask ? Self.badTask : nil), "\(fault.name), \(plugin)")
            return "fails: " + describe(error, plugin, "metric.")
        }
        #expect(scores.map(\.value) == [1], "\(fault.name), \(plugin)")
        return "goes on"
    }

    // MARK: Words

    private func describe(_ error: PluginError, _ plugin: PluginVersion, _ function: String)
        -> String
    {
        #expect(error.plugin == plugin)
        let needsFunction = error.code == .crashed || error.code == .callTimedOut
        if needsFunction { #expect(error.function?.hasPrefix(function) == true, "\(error)") }
        return Self.reason(error.code.rawValue, error.message, error.signal)
    }

    private static func reason(_ code: String, _ message: String, _ signal: Int32?) -> String {
        if let signal { return "signal \(signal)" }
        switch code {
        case "plugin_crashed":
            if let range = message.range(of: "with status ") {
                return "exit status \(message[range.upperBound...].prefix { $0.isNumber })"
            }
            return "protocol broken"
        case "call_timed_out": return "ended after the limit"
        case "sink_failed": return "over the quota"
        case "answer_invalid": return "answer refused"
        default: return code
        }
    }

    /// What stands in the log beside the outcome.
    private func remarks(_ fault: Fault, _ log: LogLines, _ place: FaultPlace) async -> String {
        switch fault.name {
        case "fork":
            return await log.contains { $0.message.contains("refused") } ? "; refusal logged" : ""
        case "log_flood":
            let isCut = await log.contains { $0.message.contains("were dropped") }
            return isCut ? "; lines dropped" : ""
        case "crash_at_exit" where place != .tag:
            let isTold = await log.contains { $0.message.contains("crashed at its end") }
            return isTold ? "; crash logged" : ""
        default: return ""
        }
    }
}
