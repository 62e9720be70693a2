import Contracts
import Foundation
import PluginHost
import Testing

/// What happens to an export whose plugin dies, and to everybody else.
@Suite(.isolated) struct IsolationTests {
    private let names = ["IDS", "DIES_IN_OPEN", "DIES_IN_FINISH", "MOODY"]

    private func installed(_ folder: TemporaryFolder) async throws -> PluginVersion {
        let library = try await FixtureCompiler.shared.library("fragile")
        let plugin = TestPlugin.exporters("org.example.fragile", names, library: library)
        try plugin.install(in: folder)
        return plugin.plugin
    }

    private func open(
        _ name: String = "IDS",
        of plugin: PluginVersion,
        in catalog: PluginDirectoryCatalog,
        sink: MemorySink = MemorySink()
    ) async throws(PluginError) -> any ExportRun {
        try await catalog.openExporter(
            plugin,
            name: name,
            context: Array("{}".utf8),
            sink: sink
        )
    }

    /// Tasks of which some say how the plugin is to die of them.
    private func tasks(_ ids: ClosedRange<Int64>, deaths: [Int64: String] = [:]) -> ExportBatch {
        var batch = ExportBatch()
        for id in ids {
            let start = batch.bytes.count
            let data = deaths[id].map { #"{"die":"\#($0)"}"# } ?? "{}"
            let head = #"{"id": \#(id), "data": "#
            batch.bytes += Array((head + data + "}").utf8)
            let dataStart = start + head.utf8.count
            batch.entries.append(
                ExportBatch.Entry(
                    task: id,
                    project: 1,
                    revision: 1,
                    updatedAt: 0,
                    annotationCount: 0,
                    text: start..<batch.bytes.count,
                    data: dataStart..<dataStart + data.utf8.count,
                    results: []
                )
            )
        }
        return batch
    }

    private func lines(_ ids: [Int64]) -> String { ids.map { "\($0)\n" }.joined() }

    @Test func `tasks that kill the plugin are left out and named, all others are exported`()
        async throws
    {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder)
        let sink = MemorySink()
        let run = try await open(of: plugin, in: catalog, sink: sink)
        let deaths: [Int64: String] = [17: "null", 1801: "abort", 2999: "exit"]

        for start in stride(from: Int64(1), to: 3000, by: 500) {
            try await run.consume(tasks(start...start + 499, deaths: deaths))
        }
        let losses = try await run.finish()

        let wanted = lines((1...3000).filter { deaths[$0] == nil })
        #expect(sink.files == ["ids.txt": wanted])
        #expect(sink.areAllClosed)
        #expect(losses.entries.map(\.code) == ["task_left_out", "task_left_out", "task_left_out"])
        for (entry, task) in zip(losses.entries, [17, 1801, 2999]) {
            #expect(entry.message.contains("The task \(task) is not in the export"))
            #expect(entry.message.contains("exporter.consume"))
        }
        #expect(losses.entries[0].message.contains("signal 11 SIGSEGV"))
        #expect(losses.entries[1].message.contains("this task is too much"))
        #expect(losses.entries[2].message.contains("status 0"))
    }

    @Test func `a crash is reported with plugin, function, task, signal and place`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder)
        let run = try await open(of: plugin, in: catalog)

        try await run.consume(tasks(1...9, deaths: [4: "null"]))
        _ = try await run.finish()

        let runtime = try #require(await catalog.runtimes()[plugin])
        #expect(runtime.isolation == .isolated)
        #expect(runtime.crashCount == 1)
        let crash = try #require(runtime.lastCrash)
        #expect(crash.code == .crashed)
        #expect(crash.plugin == plugin)
        #expect(crash.function == "exporter.consume")
        #expect(crash.task == 4)
        #expect(crash.signal == SIGSEGV)
        #expect(crash.place?.hasPrefix("plugin.so+0x") == true)
    }

    @Test func `three crashes within an hour put the version into quarantine`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder)

        for _ in 1...3 {
            let run = try await open(of: plugin, in: catalog)
            try await run.consume(tasks(1...2, deaths: [2: "abort"]))
            _ = try await run.finish()
        }

        let error = await failure { () async throws(PluginError) in
            try await open(of: plugin, in: catalog)
        }
        #expect(error?.code == .quarantined)
        #expect(error?.message.contains("3 crashes within an hour") == true)
        #expect(await catalog.runtimes()[plugin]?.quarantine != nil)
    }

    @Test func `an export of which no task is left fails`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let run = try await open(of: plugin, in: catalog(folder))

        let error = await failure { () async throws(PluginError) in
            try await run.consume(tasks(1...1, deaths: [1: "null"]))
            _ = try await run.finish()
        }

        #expect(error?.code == .crashed)
        #expect(error?.task == 1)
    }

    @Test(arguments: [("DIES_IN_OPEN", "exporter.open"), ("DIES_IN_FINISH", "exporter.finish")])
    func `a crash that no task explains fails the export`(name: String, function: String)
        async throws
    {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder)

        let error = await failure { () async throws(PluginError) in
            let run = try await open(name, of: plugin, in: catalog)
            try await run.consume(tasks(1...5))
            _ = try await run.finish()
        }

        #expect(error?.code == .crashed)
        #expect(error?.function == function)
        #expect(error?.signal == SIGABRT)
        #expect(await catalog.runtimes()[plugin]?.crashCount == 1)
    }

    @Test func `output that differs in the second process fails the export instead of mixing`()
        async throws
    {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let sink = MemorySink()
        let run = try await open("MOODY", of: plugin, in: catalog(folder), sink: sink)

        let error = await failure { () async throws(PluginError) in
            try await run.consume(tasks(1...500))
            try await run.consume(tasks(501...600, deaths: [600: "null"]))
            _ = try await run.finish()
        }
        await run.abort()

        #expect(error?.code == .answerInvalid)
        #expect(sink.files["ids.txt"]?.split(separator: "\n").count ?? 0 <= 600)
    }

    @Test func `a task on which the plugin hangs is left out`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let sink = MemorySink()
        let catalog = catalog(folder, callLimit: .seconds(2))
        let run = try await open(of: plugin, in: catalog, sink: sink)

        try await run.consume(tasks(1...3, deaths: [2: "loop"]))
        let losses = try await run.finish()

        #expect(sink.files == ["ids.txt": "1\n3\n"])
        #expect(losses.entries.first?.message.contains("did not come back") == true)
        #expect(await catalog.runtimes()[plugin]?.lastCrash?.code == .callTimedOut)
    }

    @Test func `a plugin that does not stop when it is cancelled is ended`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder)
        let run = try await open(of: plugin, in: catalog)
        try await run.consume(tasks(1...3, deaths: [2: "loop"]))

        let startedAt = ContinuousClock.now
        await run.abort()

        let spent = startedAt.duration(to: .now)
        #expect(spent >= .seconds(2) && spent < .seconds(30))
        #expect(await catalog.runtimes()[plugin]?.crashCount == 0)
    }

    @Test func `a trusted plugin runs inside this process, others do not`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder)
        #expect(await catalog.runtimes()[plugin]?.isolation == .isolated)

        await catalog.setGrants([plugin: PluginGrant(isolation: .inProcess)])

        #expect(await catalog.runtimes()[plugin]?.isolation == .inProcess)
        let sink = MemorySink()
        let run = try await open("MOODY", of: plugin, in: catalog, sink: sink)
        _ = try await run.finish()
        #expect(sink.files == ["ids.txt": "process \(getpid())\n"])
    }

    @Test func `without the runner nothing falls back to running in process`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await installed(folder)
        let catalog = catalog(folder, runner: folder.path + "/no-such-runner")

        let error = await failure { () async throws(PluginError) in
            try await open(of: plugin, in: catalog)
        }

        #expect(error?.code == .notLoadable)
        #expect(error?.message.contains("no-such-runner") == true)
    }

    @Test func `a plugin reaches nothing outside, and each attempt is logged`() async throws {
        let folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library("intruder")
        let plugin = TestPlugin.exporters("org.example.intruder", ["TRY"], library: library)
        try plugin.install(in: folder)
        let secrets = try TemporaryFolder()
        let database = try secrets.write("rows", to: "postil.sqlite")
        let outside = secrets.path + "/outside"
        let lines = LogLines()
        let catalog = catalog(folder, log: { lines.add($0) })
        let sink = MemorySink()
        let settings =
            #"{"settings": {"outside": "\#(outside)", "database": "\#(database)", "daemon": \#(getpid())}}"#
        let run = try await catalog.openExporter(
            plugin.plugin,
            name: "TRY",
            context: Array(settings.utf8),
            sink: sink
        )
        try await run.consume(batch([1]))
        _ = try await run.finish()

        let runtime = try #require(await catalog.runtimes()[plugin.plugin])
        guard runtime.sandbox?.level == .full else {
            #expect(runtime.sandbox?.missing.isEmpty == false)
            return
        }
        let attempts = sink.files["attempts.txt"]?.split(separator: "\n").map(String.init)
        #expect(
            attempts == [
                "passwd EACCES", "connect EPERM", "exec EPERM", "fork EPERM", "kill EPERM",
                "write EACCES", "database EACCES",
            ]
        )
        #expect(!FileManager.default.fileExists(atPath: outside))
        let refused = [
            "open /etc/passwd", "socket", "connect", "execve", "clone", "kill", "open \(outside)",
            "open \(database)",
        ]
        for call in refused {
            let line = "The sandbox refused \(plugin.plugin): \(call)"
            #expect(await lines.contains { $0.level == .warning && $0.message == line })
        }
        // Refusals are told by a way of their own, which may be slower than the plugin's answer.
        let health = try #require(await catalog.runtimes()[plugin.plugin])
        #expect(health.refusalCount >= refused.count)
    }
}

/// Lines that plugins and host wrote.
final class LogLines: @unchecked Sendable {
    private let lock = NSLock()
    private var lines: [PluginLogLine] = []

    func add(_ line: PluginLogLine) { lock.withLock { lines.append(line) } }

    /// Whether a line is there, or comes within two seconds.
    func contains(_ isWanted: (PluginLogLine) -> Bool) async -> Bool {
        for _ in 0..<100 {
            if lock.withLock({ lines.contains(where: isWanted) }) { return true }
            try? await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    func has(_ isWanted: (PluginLogLine) -> Bool) -> Bool {
        lock.withLock { lines.contains(where: isWanted) }
    }
}
