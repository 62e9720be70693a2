import Contracts
import LabelModel
import Synchronization

/// How many runs of each plugin version are under way, so that it can be seen when an old one is
/// no longer in use.
final class RunCounter: Sendable {
    private let counts = Mutex<[PluginVersion: Int]>([:])

    func count(of plugin: PluginVersion) -> Int { counts.withLock { $0[plugin] ?? 0 } }

    /// Counts one run until the token goes.
    func begin(_ plugin: PluginVersion) -> Token {
        counts.withLock { $0[plugin, default: 0] += 1 }
        return Token(plugin: plugin, counter: self)
    }

    final class Token: Sendable {
        private let plugin: PluginVersion
        private let counter: RunCounter

        fileprivate init(plugin: PluginVersion, counter: RunCounter) {
            self.plugin = plugin
            self.counter = counter
        }

        deinit {
            counter.counts.withLock { counts in
                counts[plugin, default: 1] -= 1
                if counts[plugin] == 0 { counts[plugin] = nil }
            }
        }
    }
}

/// A run that is counted for as long as somebody holds it.
struct CountedExportRun: ExportRun {
    let run: any ExportRun
    let token: RunCounter.Token

    func consume(_ batch: ExportBatch) async throws(PluginError) { try await run.consume(batch) }
    func finish() async throws(PluginError) -> LossReport { try await run.finish() }
    func abort() async { await run.abort() }
}

/// A run that is counted for as long as somebody holds it.
struct CountedImportRun: ImportRun {
    let run: any ImportRun
    let token: RunCounter.Token

    func next() async throws(PluginError) -> [RawJSON]? { try await run.next() }
    func close() async { await run.close() }
}

/// A run that is counted for as long as somebody holds it.
struct CountedMetricRun: MetricRun {
    let run: any MetricRun
    let token: RunCounter.Token

    func scores(_ batch: MetricBatch) async throws(PluginError) -> [MetricScore] {
        try await run.scores(batch)
    }
    func close() async { await run.close() }
}
