import Contracts
import Foundation
import PluginHost
import Testing

/// A long export whose plugin dies of three tasks.
///
/// `POSTIL_TASKS` says how many tasks there are; `make test-million` runs it with a million.
@Suite(.isolated) struct MillionTests {
    private static let taskCount =
        ProcessInfo.processInfo.environment["POSTIL_TASKS"].flatMap { Int64($0) } ?? 20_000
    private static let batchSize: Int64 = 500

    /// Early, in the middle and near the end.
    private static let culprits: Set<Int64> = [taskCount / 7, taskCount / 2 + 1, taskCount - 3]

    private func plugin(_ id: String, dying: Bool, in folder: TemporaryFolder) async throws
        -> TestPlugin
    {
        let library = try await FixtureCompiler.shared.library(
            "countdown",
            defining: ["PLUGIN_ID=\"\(id)\""] + (dying ? ["DIES=1"] : [])
        )
        let plugin = TestPlugin.exporters(id, ["COUNTDOWN"], library: library)
        try plugin.install(in: folder)
        return plugin
    }

    /// Exports all tasks but some.
    private func export(
        _ plugin: TestPlugin,
        _ catalog: PluginDirectoryCatalog,
        without left: Set<Int64> = []
    ) async throws -> (file: String, losses: LossReport) {
        let sink = MemorySink()
        let tasks = Self.culprits.sorted().map { "\($0)" }.joined(separator: ",")
        let run = try await catalog.openExporter(
            plugin.plugin,
            name: "COUNTDOWN",
            context: Array(#"{"settings": {"culprits": [\#(tasks)]}}"#.utf8),
            sink: sink
        )
        for start in stride(from: 1, through: Self.taskCount, by: Int(Self.batchSize)) {
            let end = min(start + Self.batchSize - 1, Self.taskCount)
            try await run.consume(batch((start...end).filter { !left.contains($0) }))
        }
        let losses = try await run.finish()
        return (try #require(sink.files["tasks.txt"]), losses)
    }

    @Test(.timeLimit(.minutes(60)))
    func `an export that crashes on three tasks finishes, and lacks nothing else`() async throws {
        let folder = try TemporaryFolder()
        let clean = try await plugin("org.example.clean", dying: false, in: folder)
        let dying = try await plugin("org.example.dying", dying: true, in: folder)
        let catalog = catalog(folder)
        let wanted = try await export(clean, catalog, without: Self.culprits)
        #expect(wanted.losses.entries.isEmpty)
        let startedAt = ContinuousClock.now

        let found = try await export(dying, catalog)

        print("\(Self.taskCount) tasks, three crashes: \(startedAt.duration(to: .now))")
        #expect(found.file == wanted.file)
        #expect(
            found.file.utf8.lazy.filter { $0 == UInt8(ascii: "\n") }.count == Self.taskCount - 3
        )
        #expect(found.losses.entries.map(\.code) == Array(repeating: "task_left_out", count: 3))
        for (entry, culprit) in zip(found.losses.entries, Self.culprits.sorted()) {
            #expect(entry.message.contains("The task \(culprit) is not in the export"))
            #expect(entry.message.contains("exporter.consume (signal 11 SIGSEGV"))
        }
    }
}
