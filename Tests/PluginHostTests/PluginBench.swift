import CPostilPlugin
import Contracts
import Foundation
import LabelModel
import PluginHost
import Testing
import ValueTree

/// Measures what plugins cost; `make bench-plugins` runs it and sets the figures beside the targets.
///
/// Prints lines `bench <name> <value>`. `POSTIL_BENCH_READERS` is a plugin directory with the
/// readers of `Tests/Performance/readers`, `POSTIL_BENCH_BUNDLED` that of the installation, and
/// `POSTIL_BENCH_RUNTIME` the folder with Swift's libraries.
@Suite(
    .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["POSTIL_BENCH_READERS"] != nil)
) struct PluginBench {
    private static let environment = ProcessInfo.processInfo.environment
    private let readers = Self.environment["POSTIL_BENCH_READERS"] ?? ""
    private let bundled = Self.environment["POSTIL_BENCH_BUNDLED"] ?? ""
    private let runtime = Self.environment["POSTIL_BENCH_RUNTIME"] ?? ""

    private func tell(_ name: String, _ value: Double) { print("bench \(name) \(value)") }

    private static func seconds(_ duration: Duration) -> Double {
        Double(duration.components.seconds) + Double(duration.components.attoseconds) * 1e-18
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        return sorted.isEmpty ? .nan : sorted[sorted.count / 2]
    }

    private func catalog(
        _ directories: [PluginDirectory],
        runner: String? = nil,
        log: @escaping @Sendable (PluginLogLine) -> Void = { _ in }
    ) -> PluginDirectoryCatalog {
        PluginDirectoryCatalog(
            directories: directories,
            configuration: PluginHostConfiguration(
                hostVersion: "0.1.0",
                runner: runner,
                libraryFolders: [runtime],
                log: log
            )
        )
    }

    private func stopwatch(in folder: TemporaryFolder) async throws -> TestPlugin {
        let library = try await FixtureCompiler.shared.library("stopwatch", optimized: true)
        let plugin = TestPlugin.exporters("org.example.stopwatch", ["COUNT"], library: library)
        try plugin.install(in: folder)
        return plugin
    }

    // MARK: In process

    @Test func `a call into a plugin`() async throws {
        let library = try await FixtureCompiler.shared.library("stopwatch", optimized: true)
        let handle = try unsafe #require(dlopen(library, RTLD_NOW))
        let symbol = try unsafe #require(dlsym(handle, POSTIL_PLUGIN_ENTRY_SYMBOL))
        typealias Entry =
            @convention(c) (UnsafePointer<postil_host_t>?) -> UnsafePointer<
                postil_plugin_t
            >?
        let entry = unsafe unsafeBitCast(symbol, to: Entry.self)
        var host = unsafe postil_host_t()
        let plugin = try unsafe #require(entry(&host))
        let id = Array(POSTIL_CAPABILITY_EXPORTER.utf8)
        let table = unsafe id.withUnsafeBufferPointer { id in
            unsafe plugin.pointee.get_capability(
                postil_bytes_t(bytes: id.baseAddress, count: UInt64(id.count)),
                postil_bytes_t()
            )
        }
        let exporter = try unsafe #require(table).assumingMemoryBound(to: postil_exporter_t.self)
        let consume = try unsafe #require(exporter.pointee.consume)
        let keys = ValueKeys()
        var builder = ValueBatchBuilder(keys: keys, reads: .text)
        try builder.append(ValueRootFields(taskID: 1), json: Array("{}".utf8))
        let one = try builder.finish()
        let rounds = 10_000
        let times = unsafe one.withABI { batch in
            (0..<200).map { _ in
                let startedAt = ContinuousClock.now
                for _ in 0..<rounds { _ = unsafe consume(nil, batch, nil) }
                return Self.seconds(startedAt.duration(to: .now)) / Double(rounds)
            }
        }
        tell("call_ns", Self.median(times) * 1e9)
    }

    @Test func `reading all nodes of tasks`() async throws {
        let runner = try await FixtureCompiler.shared.runner()
        let catalog = catalog([PluginDirectory(path: readers)], runner: runner)
        for language in ["c", "cpp", "rust", "swift"] {
            let id = "org.example.reader-\(language)"
            guard
                let plugin = await catalog.installed().first(where: { $0.plugin.id == id })?.plugin
            else { continue }
            var figures: [Double] = []
            for _ in 0..<5 {
                let sink = MemorySink()
                let run = try await catalog.openExporter(
                    plugin,
                    name: "READ",
                    context: BenchTasks.context(),
                    sink: sink
                )
                for start in stride(from: Int64(1), to: 8193, by: 512) {
                    try await run.consume(BenchTasks.batch(start..<start + 512))
                }
                _ = try await run.finish()
                let words = try #require(sink.files["read.txt"]).split(separator: " ")
                let nodes = try #require(Double(words[0]))
                figures.append(try #require(Double(words[1])) / nodes)
            }
            tell("read_\(language)_ns", Self.median(figures))
        }
    }

    @Test func `making trees of JSON text`() throws {
        let batch = BenchTasks.batch(1..<513)
        let texts = batch.entries.map { Array(batch.bytes[$0.text]) }
        let byteCount = texts.reduce(0) { $0 + $1.count }
        tell("task_bytes", Double(byteCount / texts.count))
        let times = try (0..<40).map { _ in
            var builder = ValueBatchBuilder(keys: ValueKeys(), reads: .tree)
            let startedAt = ContinuousClock.now
            for text in texts { try builder.append(ValueRootFields(taskID: 1), json: text) }
            _ = try builder.finish()
            return Self.seconds(startedAt.duration(to: .now))
        }
        tell("json_mb_per_s", Double(byteCount) / Self.median(times) / 1e6)
    }

    // MARK: Isolated

    /// Tasks a second of an export.
    private func speed(
        _ catalog: PluginDirectoryCatalog,
        _ plugin: PluginVersion,
        _ name: String,
        batches: [ExportBatch]
    ) async throws -> Double {
        let startedAt = ContinuousClock.now
        let run = try await catalog.openExporter(
            plugin,
            name: name,
            context: BenchTasks.context(),
            sink: MemorySink()
        )
        for batch in batches { try await run.consume(batch) }
        _ = try await run.finish()
        let count = batches.reduce(0) { $0 + $1.entries.count }
        return Double(count) / Self.seconds(startedAt.duration(to: .now))
    }

    @Test(arguments: [1, 32, 256, 2048])
    func `the same export in a process of its own`(size: Int) async throws {
        let folder = try TemporaryFolder()
        let stopwatch = try await stopwatch(in: folder)
        let runner = try await FixtureCompiler.shared.runner()
        let count = size == 1 ? 2048 : 16_384
        let batches = stride(from: Int64(1), to: Int64(count), by: size).map { start in
            BenchTasks.batch(start..<start + Int64(size))
        }
        let here = catalog([bundled, folder.path].map { PluginDirectory(path: $0) })
        let apart = catalog(
            [bundled, folder.path].map { PluginDirectory(path: $0) },
            runner: runner
        )
        let installed = await here.installed().map(\.plugin)
        let formats = [
            ("csv", "org.postil.csv", "CSV"), ("coco", "org.postil.coco", "COCO"),
            ("count", stopwatch.id, "COUNT"),
        ]
        for (title, id, name) in formats {
            let plugin = try #require(installed.first { $0.id == id })
            var ratios: [Double] = []
            for _ in 0..<5 {
                let inside = try await speed(here, plugin, name, batches: batches)
                let outside = try await speed(apart, plugin, name, batches: batches)
                ratios.append(outside / inside)
                #expect(await apart.runtimes()[plugin]?.isolation == .isolated)
            }
            tell("ratio_\(title)_\(size)", Self.median(ratios))
        }
    }

    @Test func `a crash is noticed, and work goes on`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await stopwatch(in: folder)
        let runner = try await FixtureCompiler.shared.runner()
        var (noticed, restored): ([Double], [Double]) = ([], [])
        for _ in 0..<30 {
            let times = CrashTimes()
            let catalog = catalog(
                [PluginDirectory(path: folder.path)],
                runner: runner,
                log: { times.take($0) }
            )
            let run = try await catalog.openExporter(
                plugin.plugin,
                name: "COUNT",
                context: BenchTasks.context(settings: #"{"culprit": 2}"#),
                sink: MemorySink()
            )
            try await run.consume(BenchTasks.batch(1..<4))
            _ = try await run.finish()
            let found = times.found
            noticed.append(try #require(found.noticed) - (try #require(found.crashed)))
            restored.append(try #require(found.restored) - (try #require(found.crashed)))
        }
        tell("crash_noticed_ms", Self.median(noticed) / 1e6)
        tell("crash_restored_ms", Self.median(restored) / 1e6)
    }

    @Test func `a process is started`() async throws {
        let folder = try TemporaryFolder()
        let plugin = try await stopwatch(in: folder)
        let runner = try await FixtureCompiler.shared.runner()
        var (first, later): ([Double], [Double]) = ([], [])
        for _ in 0..<10 {
            let catalog = catalog([PluginDirectory(path: folder.path)], runner: runner)
            _ = await catalog.installed()
            for turn in 0..<4 {
                let startedAt = ContinuousClock.now
                let run = try await catalog.openExporter(
                    plugin.plugin,
                    name: "COUNT",
                    context: BenchTasks.context(),
                    sink: MemorySink()
                )
                let spent = Self.seconds(startedAt.duration(to: .now)) * 1e3
                if turn == 0 { first.append(spent) } else { later.append(spent) }
                _ = try await run.finish()
            }
        }
        tell("start_first_ms", Self.median(first))
        tell("start_ms", Self.median(later))
    }

    // MARK: Discovery

    @Test func `a thousand plugins are found`() async throws {
        let folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library("stopwatch", optimized: true)
        for number in 1...1000 {
            let id = "org.example.many.p\(number)"
            try TestPlugin.exporters(id, ["F\(number)"], library: library).install(in: folder)
        }
        var times: [Double] = []
        for _ in 0..<5 {
            let catalog = catalog([PluginDirectory(path: folder.path)])
            let startedAt = ContinuousClock.now
            let found = await catalog.installed()
            times.append(Self.seconds(startedAt.duration(to: .now)) * 1e3)
            #expect(found.count == 1000 && found.allSatisfy { $0.manifest != nil })
        }
        tell("discovery_ms", Self.median(times))
    }
}

/// When a plugin crashed, when the host said so, and when a fresh process had tasks; nanoseconds of
/// the monotonic clock.
private final class CrashTimes: @unchecked Sendable {
    struct Found {
        var crashed: Double?
        var noticed: Double?
        var restored: Double?
    }

    private let lock = NSLock()
    private var times = Found()

    var found: Found { lock.withLock { times } }

    func take(_ line: PluginLogLine) {
        var time = timespec()
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        let now = Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
        let words = line.message.split(separator: " ")
        lock.withLock {
            if words.first == "crash", times.crashed == nil { times.crashed = Double(words[1]) }
            if times.crashed != nil, times.restored == nil, words.first == "consume" {
                times.restored = Double(words[1])
            }
            if line.level == .error, times.noticed == nil { times.noticed = now }
        }
    }
}
