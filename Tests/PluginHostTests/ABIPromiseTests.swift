import CPostilPlugin
import Contracts
import Foundation
import LabelModel
import LabelingConfig
import PluginHost
import Testing

/// What the ABI promises: binaries of a release work on every later host of the same major version,
/// and later plugins on older hosts when they say so.
@Suite struct ABIPromiseTests {
    private static let root =
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().path
        + "/../.."
    private static let abi = root + "/Tests/ABI"

    /// Every release whose binaries are kept, oldest first.
    private static let releases: [String] = {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: abi)) ?? []
        return names.filter { $0.contains(".") }.sorted()
    }()

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        try process.run()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(program) \(arguments)")
    }

    /// The binary of a release; on another architecture what its headers make.
    private func released(_ version: String, _ folder: TemporaryFolder) throws -> String {
        let kept = "\(Self.abi)/\(version)/\(TestPlugin.architecture)/everything.so"
        if FileManager.default.fileExists(atPath: kept) { return kept }
        let made = folder.path + "/everything-\(version).so"
        try run(Self.abi + "/build", ["\(Self.abi)/\(version)/include", made])
        return made
    }

    /// Headers of a later minor version: longer structures everywhere.
    private func laterHeaders(_ folder: TemporaryFolder) throws -> String {
        let headers = folder.path + "/later"
        if !FileManager.default.fileExists(atPath: headers) {
            let current = Self.root + "/Sources/CPostilPlugin/include"
            try run(Self.abi + "/later-headers", [current, headers])
        }
        return headers
    }

    private func later(_ folder: TemporaryFolder, minimum: String) throws -> String {
        let made = folder.path + "/everything-later.so"
        try run(
            Self.abi + "/build",
            [try laterHeaders(folder), made, "-DABI_MINIMUM=\(minimum)"]
        )
        return made
    }

    private func plugin(_ library: String, built: String, minimum: String) -> TestPlugin {
        var plugin = TestPlugin(id: "org.example.everything", library: library)
        plugin.members["abi"] = ["built": built, "min": minimum]
        plugin.members["capabilities"] = [
            ["id": "postil.exporter/1", "name": "EVERYTHING", "reads": "both"],
            ["id": "postil.import-source/1", "name": "everything"],
            ["id": "postil.tag/1", "name": "Everything"],
            ["id": "postil.metric/1", "name": "everything"],
        ]
        plugin.members["metrics"] = [["name": "everything", "symmetric": true]]
        let tag: [String: Any] = [
            "tag": "Everything", "kind": "control", "targets": ["Image"],
            "resultTypes": [["type": "everything", "valueSchema": ["type": "object"]]],
            "measures": [["name": "doubled", "title": "Doubled"]],
        ]
        plugin.members["tags"] = [tag]
        return plugin
    }

    // MARK: What it has to do

    private func export(_ plugin: PluginVersion, _ catalog: PluginDirectoryCatalog) async throws {
        let sink = MemorySink()
        let run = try await catalog.openExporter(
            plugin,
            name: "EVERYTHING",
            context: BenchTasks.context(),
            sink: sink
        )
        let tasks = BenchTasks.batch(1..<3, boxes: 2)
        try await run.consume(tasks)
        let losses = try await run.finish()
        let lines = sink.files["everything.txt"]?.split(separator: "\n").map(String.init) ?? []
        #expect(lines.count == 2)
        for (line, entry) in zip(lines, tasks.entries) {
            #expect(line.hasPrefix("\(entry.task) 2 {"))
            let image = #""image":"https://images.invalid/street/\#(entry.task).jpg""#
            #expect(line.replacing(" ", with: "").contains(image), "\(line)")
        }
        #expect(losses.entries.map(\.code) == ["nothing_lost"])
        let refused = await failure { () async throws(PluginError) in
            try await catalog.openExporter(
                plugin,
                name: "EVERYTHING",
                context: BenchTasks.context(settings: #"{"refuse": true}"#),
                sink: MemorySink()
            )
        }
        #expect(refused?.code == .settingsInvalid)
    }

    private func importTasks(
        _ plugin: PluginVersion,
        _ catalog: PluginDirectoryCatalog,
        _ folder: TemporaryFolder
    ) async throws {
        let path = try folder.write("four", to: ".files/\(UUID().uuidString)")
        let run = try await catalog.openImportSource(
            plugin,
            name: "everything",
            context: Array("{}".utf8),
            inputs: [ImportInput(name: "a.txt", byteCount: 4, path: path, reference: "/a.txt")]
        )
        var tasks: [String] = []
        while let more = try await run.next() { tasks += more.map(\.text) }
        await run.close()
        #expect(tasks == [#"{"data":{"name":"a.txt","size":4}}"#])
    }

    private func judge(_ plugin: PluginVersion, _ catalog: PluginDirectoryCatalog) async throws {
        let manifest = try #require(await catalog.installed().first?.manifest)
        let behavior = try await catalog.tagBehavior(plugin, tag: "Everything")
        let registry = try TagRegistry.builtIn.adding(
            manifest.tags.map { TagRegistry.Entry($0.definition, behavior: behavior) }
        )
        let xml =
            #"<View><Image name="i" value="$i"/><Everything name="e" toName="i"/></View>"#
        let config = LabelingConfig(try LabelingConfigParser().parse(xml), registry: registry)
        let entries = ["{}", #"{"x": 4}"#].enumerated().map { index, value in
            let json = #"{"id": "\#(index)", "type": "everything", "value": \#(value)}"#
            return TagResults.Entry(index: index, json: RawJSON(checked: Array(json.utf8)))
        }
        let results = TagResults(
            control: try #require(config.controls.first),
            object: config.objects.first,
            config: config,
            taskData: "{}",
            entries: entries
        )
        let problems = try await behavior.problems(with: results)
        #expect(problems.map(\.message) == ["There is no x."])
        #expect(problems.map(\.pointer) == ["/0/value/x"])
    }

    private func score(_ plugin: PluginVersion, _ catalog: PluginDirectoryCatalog) async throws {
        var batch = MetricBatch()
        let task = batch.addTask(1, data: .emptyObject)
        let answers = ["[{}]", "[{}, {}, {}, {}]"].enumerated().map { index, result in
            let json = RawJSON(checked: Array(result.utf8))
            return batch.addAnswer(Int64(index), .annotation, result: json, of: 1)
        }
        batch.questions = [
            MetricBatch.Question(task: task, first: answers[0], second: answers[1])
        ]
        let run = try await catalog.openMetric(
            plugin,
            name: "everything",
            context: Array("{}".utf8)
        )
        let scores = try await run.scores(batch)
        await run.close()
        #expect(scores.map(\.value) == [0.25])
        #expect(scores.first?.parts == [MetricScore.Part(label: "results", score: 0.25, weight: 5)])
    }

    private func expectAll(
        of plugin: TestPlugin,
        _ folder: TemporaryFolder,
        runner: String? = TransportTrait.runner
    ) async throws {
        let plugins = try TemporaryFolder()
        try plugin.install(in: plugins)
        let catalog = catalog(plugins, runner: runner)
        try await export(plugin.plugin, catalog)
        try await importTasks(plugin.plugin, catalog, folder)
        try await judge(plugin.plugin, catalog)
        try await score(plugin.plugin, catalog)
        #expect(await catalog.quarantined().isEmpty)
    }

    // MARK: Promises

    @Test func `a release of this major version is kept`() {
        #expect(Self.releases.contains("1.0"))
    }

    @Test(.onBothTransports, arguments: releases)
    func `the binary of each release works`(version: String) async throws {
        let folder = try TemporaryFolder()
        let library = try released(version, folder)

        try await expectAll(
            of: plugin(library, built: version, minimum: version),
            folder
        )
    }

    @Test(arguments: releases)
    func `the binary of each release works in a later host's process`(version: String) async throws
    {
        let folder = try TemporaryFolder()
        let runner = folder.path + "/later-runner"
        try run(
            "/bin/sh",
            [Self.root + "/Sources/PluginRunner/build", runner, try laterHeaders(folder)]
        )

        try await expectAll(
            of: plugin(try released(version, folder), built: version, minimum: version),
            folder,
            runner: runner
        )
    }

    @Test(.onBothTransports)
    func `a later plugin that is content with this host works`() async throws {
        let folder = try TemporaryFolder()
        let present = "\(POSTIL_ABI_MAJOR).\(POSTIL_ABI_MINOR)"
        let packed = "0x\(String(POSTIL_ABI_MAJOR << 16 | POSTIL_ABI_MINOR, radix: 16))"
        let library = try later(folder, minimum: packed)

        try await expectAll(
            of: plugin(library, built: "\(POSTIL_ABI_MAJOR).7", minimum: present),
            folder
        )
    }

    @Test(.onBothTransports, arguments: [true, false])
    func `a later plugin that needs a later host is refused`(manifestSaysSo: Bool) async throws {
        let folder = try TemporaryFolder()
        let library = try later(folder, minimum: "POSTIL_ABI_VERSION")
        let needed = "\(POSTIL_ABI_MAJOR).\(manifestSaysSo ? 7 : POSTIL_ABI_MINOR)"
        let plugin = plugin(library, built: "\(POSTIL_ABI_MAJOR).7", minimum: needed)
        let plugins = try TemporaryFolder()
        try plugin.install(in: plugins)

        let error = await failure { () async throws(PluginError) in
            try await catalog(plugins).openExporter(
                plugin.plugin,
                name: "EVERYTHING",
                context: Array("{}".utf8),
                sink: MemorySink()
            )
        }

        #expect(error?.code == (manifestSaysSo ? .abiUnknown : .entryRefused))
    }
}
