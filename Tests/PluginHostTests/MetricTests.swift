import Contracts
import LabelModel
import PluginHost
import Testing

@Suite(.onBothTransports) struct MetricTests {
    private func plugin(
        _ macros: [String] = [],
        entry: [String: Any] = ["symmetric": true]
    ) async throws -> TestPlugin {
        let library = try await FixtureCompiler.shared.library("verdict", defining: macros)
        var plugin = TestPlugin(id: "org.example.verdict", library: library)
        let schema: [String: Any] = [
            "type": "object",
            "properties": ["factor": ["type": "number", "maximum": 9, "default": 1]],
        ]
        plugin.members["capabilities"] = [
            ["id": "postil.metric/1", "name": "verdict", "settingsSchema": schema]
        ]
        plugin.members["metrics"] = [["name": "verdict"].merging(entry) { $1 }]
        return plugin
    }

    /// One task for each list, one answer for each number: so many results it has.
    private func questions(_ tasks: [[Int]], _ metric: PluginMetric) -> MetricBatch {
        var batch = MetricBatch()
        for (index, counts) in tasks.enumerated() {
            let task = batch.addTask(Int64(index + 1), data: .emptyObject)
            let answers = counts.enumerated().map { place, count in
                let result = "[" + Array(repeating: "{}", count: count).joined(separator: ",") + "]"
                return batch.addAnswer(
                    Int64(place),
                    .annotation,
                    result: RawJSON(checked: Array(result.utf8)),
                    of: Int64(index + 1)
                )
            }
            batch.ask(metric, task: task, answers: answers)
        }
        return batch
    }

    private func scores(
        _ plugin: TestPlugin,
        _ tasks: [[Int]],
        settings: String = "{}",
        callLimit: Duration = .seconds(60)
    ) async throws -> Result<[MetricScore], PluginError> {
        let folder = try TemporaryFolder()
        try plugin.install(in: folder)
        let catalog = catalog(folder, callLimit: callLimit)
        let found = try #require(await catalog.installed().first)
        let metric = try #require(found.manifest?.metrics.first, "\(found.finding)")
        do throws(PluginError) {
            let run = try await catalog.openMetric(
                plugin.plugin,
                name: "verdict",
                context: Array(#"{"settings": \#(settings)}"#.utf8)
            )
            let scores = try await run.scores(questions(tasks, metric))
            await run.close()
            return .success(scores)
        } catch {
            return .failure(error)
        }
    }

    private func failure(
        _ macros: [String],
        entry: [String: Any] = ["symmetric": true],
        settings: String = "{}",
        callLimit: Duration = .seconds(60)
    ) async throws -> PluginError? {
        let result = try await scores(
            plugin(macros, entry: entry),
            [[2, 4]],
            settings: settings,
            callLimit: callLimit
        )
        if case .failure(let error) = result { return error }
        return nil
    }

    @Test(arguments: [[], ["METRIC_BATCH"]])
    func `each pair of each task is answered, with its parts`(macros: [String]) async throws {
        let scores = try await scores(plugin(macros), [[2, 4, 4], [0, 0], [1], []]).get()

        #expect(scores.map(\.value) == [0.5, 0.5, 1, nil])
        #expect(scores[0].parts == [MetricScore.Part(label: "count", score: 0.5, weight: 1)])
        #expect(scores[3].parts.map(\.score) == [1])
    }

    @Test func `a metric that is not symmetric is asked both ways`() async throws {
        let plugin = try await plugin(["METRIC_FLAGS=0"], entry: [:])

        #expect(try await scores(plugin, [[2, 4]]).get().count == 2)
    }

    @Test func `a metric of single answers is asked about each`() async throws {
        let macros = ["METRIC_SUBJECT=POSTIL_METRIC_ANSWER", "METRIC_FLAGS=0"]
        let plugin = try await plugin(macros, entry: ["subject": "answer"])

        #expect(try await scores(plugin, [[2, 4], [0]]).get().map(\.value) == [0, 0, nil])
    }

    @Test func `settings reach the metric`() async throws {
        let scores = try await scores(plugin(), [[2, 4]], settings: #"{"factor": 0.5}"#).get()

        #expect(scores.first?.value == 0.25)
    }

    @Test func `settings that the metric refuses are the caller's to mend`() async throws {
        let error = try await failure([], settings: #"{"factor": -1}"#)

        #expect(error?.code == .settingsInvalid)
        #expect(error?.message.contains("The factor is negative.") == true)
    }

    @Test func `a failure names the task and its place`() async throws {
        let error = try await failure(["METRIC_FAILS"])

        #expect(error?.code == .callFailed)
        #expect(error?.task == 1)
        #expect(error?.pointer == "/data/image")
    }

    @Test func `a score beyond the declared range breaks the contract`() async throws {
        let error = try await failure([], settings: #"{"factor": 3}"#)

        #expect(error?.code == .answerInvalid)
        #expect(error?.message.contains("gave 1.5") == true)
        #expect(error?.task == 1)
    }

    @Test func `a part without a proper weight breaks the contract`() async throws {
        let error = try await failure(["METRIC_BAD_PART"])

        #expect(error?.code == .answerInvalid)
        #expect(error?.message.contains("weight -1.0") == true)
    }

    @Test(arguments: [
        ["METRIC_FLAGS=0"], ["METRIC_MAXIMUM=2"], ["METRIC_SUBJECT=POSTIL_METRIC_ANSWER"],
        ["METRIC_FLAGS=(POSTIL_METRIC_SYMMETRIC|POSTIL_METRIC_LOWER_IS_BETTER)"],
    ])
    func `a table that says something else than the manifest is refused`(macros: [String])
        async throws
    {
        let error = try await failure(macros)

        #expect(error?.code == .answerInvalid)
        #expect(error?.message.contains("say different things") == true)
    }

    @Test func `a metric that hangs is given up and quarantined`() async throws {
        let error = try await failure(["METRIC_HANGS"], callLimit: .milliseconds(200))

        #expect(error?.code == .callTimedOut)
    }

    @Test(arguments: [
        (#"[{"name": "other"}]"#, "does not offer it"),
        ("[]", "does not describe it"),
        (#"[{"name": "verdict"}, {"name": "Verdict"}]"#, "twice"),
        (#"[{"name": "verdict", "range": [1, 0]}]"#, "as `range`"),
        (#"[{"name": "verdict", "range": [0]}]"#, "as `range`"),
        (#"[{"name": "verdict", "range": ["a", 1]}]"#, "as `range`"),
        (#"[{"name": "verdict", "subject": "task"}]"#, "as `subject`"),
        (#"[{"name": "verdict", "symmetrical": true}]"#, "unknown key"),
    ])
    func `a manifest's mistakes are found without running code`(entries: String, what: String)
        async throws
    {
        let folder = try TemporaryFolder()
        var plugin = try await plugin()
        plugin.members["metrics"] = try JSON.value(entries)
        try plugin.install(in: folder)

        let found = try #require(await catalog(folder).installed().first)

        guard case .refused(_, let error) = found.finding else {
            Issue.record("The manifest was accepted.")
            return
        }
        #expect(error.code == .manifestInvalid)
        #expect(error.message.contains(what), "\(error.message)")
    }

    @Test func `an unbounded range is written with null`() async throws {
        let folder = try TemporaryFolder()
        try await plugin(entry: ["range": [0, nil] as [Int?], "better": "lower"])
            .install(in: folder)

        let metric = try #require(await catalog(folder).installed().first?.manifest?.metrics.first)

        #expect(metric.minimum == 0)
        #expect(metric.maximum == nil)
        #expect(metric.better == .lower)
        #expect(metric.allows(1e300))
        #expect(!metric.allows(.infinity))
        #expect(!metric.allows(-1))
    }
}
