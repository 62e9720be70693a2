import Contracts
import Foundation
import LabelModel
import PluginHost
import Testing

@Suite(.onBothTransports) struct ExporterTests {
    private let context = Array(#"{"project": {"id": 1}, "settings": {}}"#.utf8)

    private func installed(_ folder: TemporaryFolder) async throws -> TestPlugin {
        let library = try await FixtureCompiler.shared.library("lines")
        let plugin = TestPlugin.exporters(
            "org.example.lines",
            ["LINES_TEXT", "LINES_TREE"],
            library: library
        )
        try plugin.install(in: folder)
        return plugin
    }

    @Test func `an exporter that reads text gets each task as it came in`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let sink = MemorySink()
        let run = try await catalog(folder).openExporter(
            plugin.plugin,
            name: "LINES_TEXT",
            context: context,
            sink: sink
        )

        try await run.consume(batch([1, 2]))
        try await run.consume(batch([3]))
        _ = try await run.finish()

        #expect(
            sink.files == [
                "lines.txt": """
                {"id": 1, "data": {"image":"1.png"}}
                {"id": 2, "data": {"image":"2.png"}}
                {"id": 3, "data": {"image":"3.png"}}
                end

                """
            ]
        )
        #expect(sink.areAllClosed)
    }

    @Test func `an exporter that reads trees finds members by key`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let sink = MemorySink()
        let run = try await catalog(folder).openExporter(
            plugin.plugin,
            name: "LINES_TREE",
            context: context,
            sink: sink
        )

        try await run.consume(batch([7, 8]))
        _ = try await run.finish()

        #expect(sink.files == ["lines.txt": "7 7.png\n8 8.png\nend\n"])
    }

    @Test func `an export without tasks writes what the format has for none`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let sink = MemorySink()
        let run = try await catalog(folder).openExporter(
            plugin.plugin,
            name: "LINES_TREE",
            context: context,
            sink: sink
        )

        let losses = try await run.finish()

        #expect(sink.files == ["lines.txt": "end\n"])
        #expect(losses.entries.isEmpty)
    }

    @Test func `more tasks than a batch of the ABI holds arrive in order`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let sink = MemorySink()
        let run = try await catalog(folder).openExporter(
            plugin.plugin,
            name: "LINES_TREE",
            context: context,
            sink: sink
        )
        let ids = Array(Int64(1)...2000)

        try await run.consume(batch(ids))
        let losses = try await run.finish()

        let expected = ids.map { "\($0) \($0).png\n" }.joined() + "end\n"
        #expect(sink.files["lines.txt"] == expected)
        #expect(
            losses.entries == [
                LossReport.Entry(code: "meta_dropped", message: "Meta is left out.", count: 2000)
            ]
        )
    }

    @Test func `settings reach the exporter in its context`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let sink = MemorySink()
        let run = try await catalog(folder).openExporter(
            plugin.plugin,
            name: "LINES_TREE",
            context: Array(#"{"settings": {"file_name": "out/mine.txt"}}"#.utf8),
            sink: sink
        )

        _ = try await run.finish()

        #expect(sink.files == ["out/mine.txt": "end\n"])
    }

    @Test func `a refusal names plugin, function, task and place`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let run = try await catalog(folder).openExporter(
            plugin.plugin,
            name: "LINES_TREE",
            context: context,
            sink: MemorySink()
        )

        let error = await failure { () async throws(PluginError) in
            try await run.consume(batch([41, 42], image: false))
            _ = try await run.finish()
        }
        await run.abort()

        #expect(error?.code == .callFailed)
        #expect(error?.message == "org.example.lines 1.0.0: The task has no image. (image_missing)")
        #expect(error?.plugin == plugin.plugin)
        #expect(error?.function == "exporter.consume")
        #expect(error?.task == 41)
        #expect(error?.pointer == "/data/image")
    }

    @Test func `what the sink could not take is the error of the run`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let run = try await catalog(folder).openExporter(
            plugin.plugin,
            name: "LINES_TREE",
            context: context,
            sink: MemorySink(capacity: 4)
        )

        let error = await failure { () async throws(PluginError) in
            try await run.consume(batch([1, 2]))
            _ = try await run.finish()
        }

        #expect(error?.code == .sinkFailed)
        #expect(error?.message == "The disk is full.")
    }

    @Test func `an export larger than its quota fails`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let run = try await catalog(folder, outputByteLimit: 10).openExporter(
            plugin.plugin,
            name: "LINES_TREE",
            context: context,
            sink: MemorySink()
        )

        let error = await failure { () async throws(PluginError) in
            try await run.consume(batch([1, 2]))
            _ = try await run.finish()
        }

        #expect(error?.code == .sinkFailed)
    }

    @Test func `nothing can be written after the end`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let run = try await catalog(folder).openExporter(
            plugin.plugin,
            name: "LINES_TREE",
            context: context,
            sink: MemorySink()
        )
        _ = try await run.finish()

        let error = await failure { () async throws(PluginError) in
            try await run.consume(batch([1]))
            _ = try await run.finish()
        }

        #expect(error?.code == .callFailed)
        await run.abort()
    }

    @Test func `a slow sink does not count as a slow plugin`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder, callLimit: .seconds(1))
        let sink = MemorySink(delaySeconds: 0.3)
        let run = try await catalog.openExporter(
            plugin.plugin,
            name: "LINES_TEXT",
            context: context,
            sink: sink
        )

        try await run.consume(batch([1, 2, 3]))
        _ = try await run.finish()

        #expect(await catalog.quarantined().isEmpty)
    }

    @Test func `what a plugin logs arrives with its name`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let (lines, log) = AsyncStream.makeStream(of: PluginLogLine.self)
        let run = try await catalog(folder, log: { log.yield($0) }).openExporter(
            plugin.plugin,
            name: "LINES_TEXT",
            context: context,
            sink: MemorySink()
        )
        await run.abort()

        var iterator = lines.makeAsyncIterator()
        let line = await iterator.next()

        #expect(
            line
                == PluginLogLine(level: .info, plugin: plugin.plugin, message: "lines is ready")
        )
    }

    @Test func `a trial runs an exporter over a file of tasks`() async throws {
        let (folder, output) = (try TemporaryFolder(), try TemporaryFolder())
        _ = try await installed(folder)
        let trial = try ExporterTrial(
            folder: folder.path + "/org.example.lines/1.0.0",
            exporter: "lines_text",
            configuration: PluginHostConfiguration(hostVersion: "0.1.0")
        )
        let tasks =
            #" [ {"id": 5, "data": {"image": "a"}, "annotations": [{"id": 9, "result": []}]}, {"id": 6} ] "#

        let losses = try await trial.run(
            tasks: Array(tasks.utf8),
            sink: FolderSink(path: output.path)
        )

        let text = try String(contentsOfFile: output.path + "/lines.txt", encoding: .utf8)
        #expect(
            text == """
                {"id": 5, "data": {"image": "a"}, "annotations": [{"id": 9, "result": []}]}
                {"id": 6}
                end

                """
        )
        #expect(losses.entries.map(\.count) == [2])
    }
}
