import Contracts
import Foundation
import PluginHost
import Testing

/// Which functions the host calls: o open, c consume, f finish, a abort, n next, x close.
@Suite struct LifecycleTests {
    private let folder: TemporaryFolder
    private let plugin: TestPlugin
    private let catalog: PluginDirectoryCatalog

    init() async throws {
        folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library(
            "diary",
            defining: ["MARK=\"\(folder.path)/diary\""]
        )
        var plugin = TestPlugin.exporters(
            "org.example.diary",
            ["GOOD", "BAD_OPEN", "BAD_CONSUME", "BAD_FINISH"],
            library: library
        )
        let exporters = plugin.members["capabilities"] as? [Any] ?? []
        plugin.members["capabilities"] =
            exporters + [["id": "postil.import-source/1", "name": "source"]]
        try plugin.install(in: folder)
        self.plugin = plugin
        catalog = PluginHostTests.catalog(folder)
    }

    private func open(_ name: String) async throws(PluginError) -> any ExportRun {
        try await catalog.openExporter(
            plugin.plugin,
            name: name,
            context: Array("{}".utf8),
            sink: MemorySink()
        )
    }

    private var diary: String? {
        try? String(contentsOfFile: folder.path + "/diary", encoding: .utf8)
    }

    @Test func `a finished export is closed and not aborted`() async throws {
        let run = try await open("GOOD")
        try await run.consume(batch([1]))
        try await run.consume(batch([2]))
        _ = try await run.finish()
        await run.abort()

        #expect(diary == "occfx")
    }

    @Test func `an export is aborted and closed once`() async throws {
        let run = try await open("GOOD")
        await run.abort()
        await run.abort()

        #expect(diary == "oax")
    }

    @Test func `after a failed open nothing is called`() async throws {
        _ = await failure { () async throws(PluginError) in try await open("BAD_OPEN") }

        #expect(diary == "o")
    }

    @Test func `after a failed consume only abort and close are called`() async throws {
        let run = try await open("BAD_CONSUME")
        _ = await failure { () async throws(PluginError) in try await run.consume(batch([1])) }
        _ = await failure { () async throws(PluginError) in try await run.finish() }
        await run.abort()

        #expect(diary == "ocax")
    }

    @Test func `a failed finish is followed by abort and close`() async throws {
        let run = try await open("BAD_FINISH")
        _ = await failure { () async throws(PluginError) in try await run.finish() }
        await run.abort()

        #expect(diary == "ofax")
    }

    @Test func `an export that is dropped is aborted and closed`() async throws {
        _ = try await open("GOOD")

        try await eventually { diary == "oax" }
    }

    @Test func `an import that failed is closed once`() async throws {
        let run = try await catalog.openImportSource(
            plugin.plugin,
            name: "source",
            context: Array("{}".utf8),
            inputs: []
        )
        _ = await failure { () async throws(PluginError) in try await run.next() }
        await run.close()
        await run.close()

        #expect(diary == "onx")
    }

    /// Waits for what happens on another thread, for ten seconds at most.
    private func eventually(_ isTrue: () -> Bool) async throws {
        for _ in 0..<1000 where !isTrue() { try await Task.sleep(for: .milliseconds(10)) }
        #expect(isTrue())
    }
}
