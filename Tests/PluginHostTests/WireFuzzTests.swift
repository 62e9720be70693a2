import Contracts
import Foundation
import LabelModel
import LabelingConfig
import PluginHost
import Testing

/// A runner whose messages and records are changed at random: the host takes what is right, refuses
/// the rest, and goes on.
///
/// `POSTIL_FUZZ_SESSIONS` says how many seeds are tried, each with every capability.
@Suite struct WireFuzzTests {
    private static let sessions =
        ProcessInfo.processInfo.environment["POSTIL_FUZZ_SESSIONS"].flatMap { Int($0) } ?? 40
    private static let sessionsPerCatalog = 50

    private func plugin(_ seed: Int, library: String) -> TestPlugin {
        var plugin = TestPlugin(id: "org.example.mad", version: "1.0.\(seed)", library: library)
        plugin.members["capabilities"] = [
            ["id": "postil.exporter/1", "name": "MAD", "reads": "both"],
            ["id": "postil.import-source/1", "name": "mad"],
            ["id": "postil.tag/1", "name": "Mad"],
            ["id": "postil.metric/1", "name": "mad"],
        ]
        plugin.members["metrics"] = [["name": "mad", "symmetric": true]]
        let tag: [String: Any] = [
            "tag": "Mad", "kind": "control", "targets": ["Image"],
            "resultTypes": [["type": "mad", "valueSchema": ["type": "object"]]],
        ]
        plugin.members["tags"] = [tag]
        return plugin
    }

    private func export(_ plugin: PluginVersion, _ catalog: PluginDirectoryCatalog) async {
        do throws(PluginError) {
            let run = try await catalog.openExporter(
                plugin,
                name: "MAD",
                context: Array("{}".utf8),
                sink: MemorySink()
            )
            do throws(PluginError) {
                for start in [Int64(1), 4, 7] {
                    try await run.consume(batch(Array(start..<start + 3)))
                }
                _ = try await run.finish()
            } catch {
                await run.abort()
            }
        } catch {
            #expect(error.plugin == plugin)
        }
    }

    private func importTasks(
        _ plugin: PluginVersion,
        _ catalog: PluginDirectoryCatalog,
        _ path: String
    ) async {
        do throws(PluginError) {
            let run = try await catalog.openImportSource(
                plugin,
                name: "mad",
                context: Array("{}".utf8),
                inputs: [ImportInput(name: "x", byteCount: 1, path: path, reference: "/x")]
            )
            var turns = 0
            do throws(PluginError) {
                while turns < 5, try await run.next() != nil { turns += 1 }
            } catch {
                #expect(error.plugin == plugin)
            }
            await run.close()
        } catch {
            #expect(error.plugin == plugin)
        }
    }

    private func score(_ plugin: PluginVersion, _ catalog: PluginDirectoryCatalog) async {
        var batch = MetricBatch()
        let task = batch.addTask(1, data: .emptyObject)
        let answers = (0..<3).map { index in
            batch.addAnswer(
                Int64(index),
                .annotation,
                result: RawJSON(checked: Array("[]".utf8)),
                of: 1
            )
        }
        batch.questions = answers.map { answer in
            MetricBatch.Question(task: task, first: answers[0], second: answer)
        }
        do throws(PluginError) {
            let run = try await catalog.openMetric(
                plugin,
                name: "mad",
                context: Array("{}".utf8)
            )
            do throws(PluginError) {
                let scores = try await run.scores(batch)
                #expect(scores.count == 3)
                #expect(scores.allSatisfy { $0.value.map { (0...1).contains($0) } ?? true })
            } catch {
                #expect(error.plugin == plugin)
            }
            await run.close()
        } catch {
            #expect(error.plugin == plugin)
        }
    }

    private func judge(_ plugin: PluginVersion, _ catalog: PluginDirectoryCatalog) async throws {
        let manifest = try #require(
            await catalog.installed().first { $0.plugin == plugin }?.manifest
        )
        do throws(PluginError) {
            let behavior = try await catalog.tagBehavior(plugin, tag: "Mad")
            guard
                let registry = try? TagRegistry.builtIn.adding(
                    manifest.tags.map { TagRegistry.Entry($0.definition, behavior: behavior) }
                ),
                let parsed = try? LabelingConfigParser().parse(
                    #"<View><Image name="i" value="$i"/><Mad name="m" toName="i"/></View>"#
                )
            else { return }
            let config = LabelingConfig(parsed, registry: registry)
            guard let control = config.controls.first else { return }
            let results = TagResults(
                control: control,
                object: config.objects.first,
                config: config,
                taskData: "{}",
                entries: [TagResults.Entry(index: 0, json: #"{"id": "r", "value": {}}"#)]
            )
            _ = try? await behavior.problems(with: results)
            _ = try? await behavior.normalized(results)
        } catch {
            #expect(error.plugin == plugin)
        }
    }

    @Test(.timeLimit(.minutes(60)))
    func `whatever a worker sends, the host refuses it or takes it, and goes on`() async throws {
        let runner = try await FixtureCompiler.shared.wireProgram("garbled_runner")
        let library = try await FixtureCompiler.shared.library("lines")
        for first in stride(from: 1, through: Self.sessions, by: Self.sessionsPerCatalog) {
            let folder = try TemporaryFolder()
            let path = try folder.write("x", to: ".files/x")
            let seeds = first..<min(first + Self.sessionsPerCatalog, Self.sessions + 1)
            for seed in seeds { try plugin(seed, library: library).install(in: folder) }
            let catalog = catalog(folder, callLimit: .seconds(5), runner: runner)
            for seed in seeds {
                let version = PluginVersion(id: "org.example.mad", version: "1.0.\(seed)")
                await export(version, catalog)
                await importTasks(version, catalog, path)
                await score(version, catalog)
                try await judge(version, catalog)
            }
            #expect(await catalog.installed().count == seeds.count, "the host answers")
        }
    }
}
