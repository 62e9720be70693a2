import Contracts
import Foundation
import LabelModel
import PluginHost
import Testing

/// Makes plugins that bind functions, and asks them.
struct BindingBench: Sendable {
    /// An entry that nothing is wrong with: the absolute value of the first result's number.
    private static let base = #"""
        {"name": "bound", "kind": "measure", "library": "libm.so.6", "symbol": "fabs",
         "range": [null, null], "result": "f64",
         "arguments": [{"type": "f64", "of": "first", "pointer": "/result/0/value/number"}],
         "vectors": [{"arguments": [-1.5], "result": 1.5}]}
        """#

    /// A plugin whose bindings are ``base`` with the members of each entry, a JSON object, put over.
    func plugin(_ entry: String, others: [String] = [], library: String? = nil) throws -> TestPlugin
    {
        var plugin = TestPlugin(id: "org.example.bound", library: library)
        plugin.members["bindings"] = try ([entry] + others).map { text in
            var members = try #require(JSON.value(Self.base) as? [String: Any])
            if library != nil { members["library"] = nil }
            members.merge(try #require(JSON.value(text) as? [String: Any])) { $1 }
            return members
        }
        return plugin
    }

    /// Asks the first function about one task for each list of answers, JSON arrays of results.
    func scores(
        _ plugin: TestPlugin,
        _ tasks: [[String]],
        data: String = "{}",
        in catalog: PluginDirectoryCatalog
    ) async throws -> Result<[Double?], PluginError> {
        let found = try #require(await catalog.installed().first)
        let metric = try #require(found.manifest?.metrics.first, "\(found.finding)")
        var batch = MetricBatch()
        for (index, results) in tasks.enumerated() {
            let id = Int64(index + 1)
            let task = batch.addTask(id, data: RawJSON(checked: Array(data.utf8)))
            let answers = results.enumerated().map { place, result in
                let json = RawJSON(checked: Array(result.utf8))
                return batch.addAnswer(Int64(place), .annotation, result: json, of: id)
            }
            batch.ask(metric, task: task, answers: answers)
        }
        do throws(PluginError) {
            let run = try await catalog.openMetric(
                plugin.plugin,
                name: metric.name,
                context: Array("{}".utf8)
            )
            let scores = try await run.scores(batch)
            await run.close()
            return .success(scores.map(\.value))
        } catch {
            return .failure(error)
        }
    }

    /// Asks a function of the system.
    func scores(_ entry: String, _ tasks: [[String]]) async throws -> Result<[Double?], PluginError>
    {
        let folder = try TemporaryFolder()
        let plugin = try plugin(entry)
        try plugin.install(in: folder)
        return try await scores(plugin, tasks, in: catalog(folder))
    }

    /// Asks a function of `Fixtures/plain.c`, which is the plugin's own library.
    func plain(_ entry: String, _ tasks: [[String]], data: String = "{}") async throws
        -> Result<[Double?], PluginError>
    {
        let folder = try TemporaryFolder()
        let library = try await FixtureCompiler.shared.library("plain")
        let plugin = try plugin(entry, library: library)
        try plugin.install(in: folder)
        return try await scores(plugin, tasks, data: data, in: catalog(folder))
    }

    func failure(_ plugin: TestPlugin, _ tasks: [[String]], in catalog: PluginDirectoryCatalog)
        async throws -> PluginError?
    {
        Self.failure(try await scores(plugin, tasks, in: catalog))
    }

    func failure(_ entry: String, _ tasks: [[String]] = [["[]"]]) async throws -> PluginError? {
        Self.failure(try await scores(entry, tasks))
    }

    func plainFailure(_ entry: String, _ tasks: [[String]]) async throws -> PluginError? {
        Self.failure(try await plain(entry, tasks))
    }

    private static func failure(_ result: Result<[Double?], PluginError>) -> PluginError? {
        if case .failure(let error) = result { error } else { nil }
    }
}
