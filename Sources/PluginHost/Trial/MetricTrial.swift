public import Contracts
public import LabelModel
import ValueTree

/// Runs a metric of a plugin's folder over tasks from a file, without a daemon.
///
/// For `postil plugin run`. The plugin's code runs in this process; a bound function does not.
public struct MetricTrial: Sendable {
    /// Which answer: its own id, and whose words it is.
    public struct Answer: Hashable, Sendable {
        public var id: Int64
        public var kind: MetricBatch.AnswerKind
    }

    /// The answer to one question.
    public struct Verdict: Hashable, Sendable {
        public var task: Int64
        public var first: Answer
        /// nil for a metric of single answers.
        public var second: Answer?
        public var score: MetricScore
    }

    private static let tasksPerBatch = 64

    public let metric: PluginMetric
    private let capability: PluginManifest.Capability
    private let package: PluginPackage
    private let transport: any PluginTransport

    /// Reads the folder; loads nothing yet.
    ///
    /// - Parameters:
    ///   - folder: Holds `manifest.json`.
    ///   - name: The metric's name; `nil` when the plugin has only one.
    ///   - configuration: Limits of the run.
    /// - Throws: Why the folder is refused, or `capability_missing`.
    public init(folder: String, metric name: String?, configuration: PluginHostConfiguration)
        throws(PluginError)
    {
        let inspector = PackageInspector(hostVersion: SemanticVersion(configuration.hostVersion))
        let package = try inspector.inspect(folder, expected: nil).result.get()
        let metrics = package.manifest.metrics
        let isClear = name == nil && metrics.count == 1
        let metric = try MetricCatalog.metric(
            isClear ? metrics[0].name : name ?? "",
            of: package
        )
        let capability = package.manifest.capabilities.first {
            $0.kind == .metric && $0.name == metric.name
        }
        guard let capability else {
            throw PluginError(
                .capabilityMissing,
                "\(package.manifest.plugin) does not offer `\(metric.name)`.",
                plugin: package.manifest.plugin
            )
        }
        self.package = package
        self.metric = metric
        self.capability = capability
        if metric.binding == nil {
            transport = InProcessTransport(configuration: configuration, quarantine: Quarantine())
        } else {
            transport = try BindingTrial.transport(configuration, for: metric, of: package)
        }
    }

    /// Judges the annotations and predictions of the tasks; skipped annotations are left out.
    ///
    /// - Parameters:
    ///   - tasks: A JSON array of tasks in Label Studio's JSON export shape, or one task.
    ///   - labelConfig: The XML.
    ///   - parsedLabelConfig: `{control: {type, to_name, inputs, labels, labels_attrs}}`.
    ///   - settings: A JSON object; the schema's defaults are filled in.
    /// - Returns: One verdict for each question, in the order of the tasks.
    /// - Throws: `settings_invalid`, `call_failed` for tasks that are not JSON, or what the plugin
    ///   reports.
    public func run(
        tasks: [UInt8],
        labelConfig: String = "<View></View>",
        parsedLabelConfig: RawJSON = .emptyObject,
        settings: RawJSON = .emptyObject
    ) async throws(PluginError) -> [Verdict] {
        let settings = try SettingsCheck.checked(settings, capability, of: package.manifest.plugin)
        let elements = try ExporterTrial.tasks(tasks)
        let run = try await transport.openMetric(
            package,
            metric,
            context: ExporterTrial.context(labelConfig, parsedLabelConfig, settings)
        )
        var verdicts: [Verdict] = []
        for start in stride(from: 0, to: elements.count, by: Self.tasksPerBatch) {
            do throws(PluginError) {
                verdicts += try await judge(elements[start...].prefix(Self.tasksPerBatch), run)
            } catch {
                await run.close()
                throw error
            }
        }
        await run.close()
        return verdicts
    }

    private func judge(_ tasks: ArraySlice<JSONText>, _ run: any MetricRun)
        async throws(PluginError) -> [Verdict]
    {
        var batch = MetricBatch()
        var asked: [Verdict] = []
        for task in tasks {
            let id = task["id"]?.int64 ?? 0
            let data = task["data"].map { RawJSON(checked: $0.rawBytes) } ?? .emptyObject
            let place = batch.addTask(id, data: data)
            let answers = Self.answers(of: task)
            let places = answers.map { answer, result in
                batch.addAnswer(answer.id, answer.kind, result: result, of: id)
            }
            for (first, second) in batch.ask(metric, task: place, answers: places) {
                asked.append(
                    Verdict(
                        task: id,
                        first: answers[first].0,
                        second: second.map { answers[$0].0 },
                        score: MetricScore(value: nil)
                    )
                )
            }
        }
        let scores = try await run.scores(batch)
        return zip(asked, scores).map { verdict, score in
            var verdict = verdict
            verdict.score = score
            return verdict
        }
    }

    private static func answers(of task: JSONText) -> [(Answer, RawJSON)] {
        let kinds: [(String, MetricBatch.AnswerKind)] = [
            ("annotations", .annotation), ("predictions", .prediction),
        ]
        return kinds.flatMap { name, kind in
            (task[name].map { Array($0.elements) } ?? []).compactMap { entry in
                guard let result = entry["result"], result.kind == .array,
                    entry["was_cancelled"]?.bool != true
                else { return nil }
                let answer = Answer(id: entry["id"]?.int64 ?? 0, kind: kind)
                return (answer, RawJSON(checked: result.rawBytes))
            }
        }
    }
}
