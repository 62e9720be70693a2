import Contracts
import Foundation
import PluginHost
import Testing

@Suite struct MisbehaviorTests {
    private static let ways = [
        "BAD_SETTINGS", "STRANGE_STATUS", "TRAVERSAL", "ABSOLUTE", "CONTROL", "NOT_UTF8", "TWICE",
        "CLOSED_SINK", "IGNORES_FAILURE", "HANGS", "WAITS_FOR_CANCEL", "SILENT_FAILURE", "NEWER",
        "SHORTER", "ABSENT",
    ]

    private func installed(
        _ folder: TemporaryFolder,
        defining macros: [String] = []
    ) async throws -> TestPlugin {
        let library = try await FixtureCompiler.shared.library("unruly", defining: macros)
        let plugin = TestPlugin.exporters("org.example.unruly", Self.ways, library: library)
        try plugin.install(in: folder)
        return plugin
    }

    private func open(
        _ way: String,
        of plugin: TestPlugin,
        in catalog: PluginDirectoryCatalog,
        sink: MemorySink = MemorySink()
    ) async throws(PluginError) -> any ExportRun {
        try await catalog.openExporter(
            plugin.plugin,
            name: way,
            context: Array("{}".utf8),
            sink: sink
        )
    }

    @Test(
        .onBothTransports,
        arguments: [
            "TRAVERSAL", "ABSOLUTE", "CONTROL", "NOT_UTF8", "TWICE", "CLOSED_SINK",
            "IGNORES_FAILURE",
        ]
    )
    func `a sink that must not be is refused and fails the export`(way: String) async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let sink = MemorySink()
        let run = try await open(way, of: plugin, in: catalog(folder), sink: sink)

        let error = await failure { () async throws(PluginError) in
            try await run.consume(batch([1]))
            _ = try await run.finish()
        }
        await run.abort()

        #expect(error?.code == .sinkFailed)
        #expect(error?.plugin == plugin.plugin)
        #expect(sink.files.keys.allSatisfy { $0 == "a" })
    }

    @Test func `a call over its limit fails the run and puts the plugin into quarantine`()
        async throws
    {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder, callLimit: .seconds(1))
        let run = try await open("HANGS", of: plugin, in: catalog)

        let error = await failure { () async throws(PluginError) in
            try await run.consume(batch([1]))
        }

        #expect(error?.code == .callTimedOut)
        #expect(error?.function == "exporter.consume")
        #expect(await catalog.quarantined()[plugin.plugin]?.code == .callTimedOut)
        let later = await failure { () async throws(PluginError) in try await run.finish() }
        #expect(later?.code == .callTimedOut)
        await run.abort()
        let again = await failure { () async throws(PluginError) in
            try await open("NEWER", of: plugin, in: catalog)
        }
        #expect(again?.code == .quarantined)
        #expect(again?.function == "exporter.consume")
    }

    @Test func `a call that waits behind one that hangs fails with it`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let run = try await open(
            "HANGS",
            of: plugin,
            in: catalog(folder, callLimit: .seconds(1))
        )

        async let first = failure { () async throws(PluginError) in
            try await run.consume(batch([1]))
        }
        async let second = failure { () async throws(PluginError) in
            try await run.consume(batch([2]))
        }

        #expect(await [first?.code, second?.code] == [.callTimedOut, .callTimedOut])
    }

    @Test func `a hanging plugin does not hold up another`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let library = try await FixtureCompiler.shared.library("lines")
        let lines = TestPlugin.exporters("org.example.lines", ["LINES_TREE"], library: library)
        try lines.install(in: folder)
        let catalog = catalog(folder, callLimit: .seconds(2))
        let hanging = try await open("HANGS", of: plugin, in: catalog)

        async let stuck = failure { () async throws(PluginError) in
            try await hanging.consume(batch([1]))
        }
        let sink = MemorySink()
        let run = try await catalog.openExporter(
            lines.plugin,
            name: "LINES_TREE",
            context: Array("{}".utf8),
            sink: sink
        )
        try await run.consume(batch([2]))
        _ = try await run.finish()

        #expect(sink.files == ["lines.txt": "2 2.png\nend\n"])
        #expect(await stuck?.code == .callTimedOut)
        #expect(await Set(catalog.quarantined().keys) == [plugin.plugin])
    }

    @Test(.onBothTransports) func `a call of a task that is cancelled is asked to end`()
        async throws
    {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder)
        let run = try await open("WAITS_FOR_CANCEL", of: plugin, in: catalog)

        let task = Task {
            await failure { () async throws(PluginError) in
                try await run.consume(batch([1]))
                _ = try await run.finish()
            }
        }
        try await Task.sleep(for: .milliseconds(50))
        task.cancel()
        let error = await task.value
        await run.abort()

        #expect(error?.code == .callFailed)
        #expect(error?.message.contains("Stopped as asked.") == true)
        #expect(await catalog.quarantined().isEmpty)
    }

    @Test(.onBothTransports) func `a failure without words has its status in the message`()
        async throws
    {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let run = try await open("SILENT_FAILURE", of: plugin, in: catalog(folder))

        let error = await failure { () async throws(PluginError) in
            try await run.consume(batch([1]))
            _ = try await run.finish()
        }

        #expect(error?.code == .callFailed)
        #expect(error?.message.contains("-9") == true)
        await run.abort()
    }

    @Test(.onBothTransports) func `settings that the plugin refuses are an error of the settings`()
        async throws
    {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)

        let error = await failure { () async throws(PluginError) in
            try await open("BAD_SETTINGS", of: plugin, in: catalog(folder))
        }

        #expect(error?.code == .settingsInvalid)
        #expect(error?.function == "exporter.open")
    }

    @Test(.onBothTransports) func `a status that means nothing breaks the contract`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder)

        let error = await failure { () async throws(PluginError) in
            try await open("STRANGE_STATUS", of: plugin, in: catalog)
        }

        #expect(error?.code == .answerInvalid)
        #expect(await catalog.quarantined()[plugin.plugin]?.code == .answerInvalid)
    }

    @Test(.onBothTransports)
    func `a table with fields of a later ABI is used as far as it is known`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let run = try await open("NEWER", of: plugin, in: catalog(folder))

        try await run.consume(batch([1]))
        _ = try await run.finish()
    }

    @Test(.onBothTransports) func `a table that lacks a function is refused`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)

        let error = await failure { () async throws(PluginError) in
            try await open("SHORTER", of: plugin, in: catalog(folder))
        }

        #expect(error?.code == .answerInvalid)
    }

    @Test(.onBothTransports) func `a capability that the library does not have is missing`()
        async throws
    {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)

        let error = await failure { () async throws(PluginError) in
            try await open("ABSENT", of: plugin, in: catalog(folder))
        }

        #expect(error?.code == .capabilityMissing)
    }

    @Test(
        .onBothTransports,
        arguments: [("STRANGE_ABI", "abi_unknown"), ("OTHER_VERSION", "answer_invalid")]
    )
    func `a library that contradicts its manifest is refused`(macro: String, code: String)
        async throws
    {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder, defining: [macro])

        let error = await failure { () async throws(PluginError) in
            try await open("NEWER", of: plugin, in: catalog(folder))
        }

        #expect(error?.code.rawValue == code)
    }

    @Test(.onBothTransports) func `a library without the entry is refused when it is opened`()
        async throws
    {
        let folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library("no_entry")
        let plugin = TestPlugin.exporters("org.example.none", ["X"], library: library)
        try plugin.install(in: folder)

        let error = await failure { () async throws(PluginError) in
            try await open("X", of: plugin, in: catalog(folder))
        }

        #expect(error?.code == .entryMissing)
        #expect(error?.plugin == plugin.plugin)
        #expect(error?.hint?.contains("POSTIL_EXPORT") == true)
    }

    @Test(.onBothTransports) func `a plugin that is not installed is unknown`() async throws {
        let folder = try TemporaryFolder()

        let error = await failure { () async throws(PluginError) in
            try await open("X", of: TestPlugin(), in: catalog(folder))
        }

        #expect(error?.code == .unknown)
    }
}
