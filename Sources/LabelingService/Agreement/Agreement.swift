import Contracts
public import LabelModel

/// Tells how far answers agree, by the metrics that a project has enabled.
public struct Agreement: Sendable {
    /// More answers than this to one task are not compared with each other.
    static let maximumAnswers = 100

    let environment: ServiceEnvironment
    let setups: ProjectSetups
    let plugins: Plugins

    init(_ environment: ServiceEnvironment, setups: ProjectSetups, plugins: Plugins) {
        self.environment = environment
        self.setups = setups
        self.plugins = plugins
    }

    /// Judges the annotations of a task; skipped ones are left out.
    ///
    /// - `metrics`: Names; empty for all that are enabled and fit the labeling config.
    /// - `withPredictions`: Predictions are compared too.
    ///
    /// Throws ``ServiceError`` `metric_unknown`; `metric_not_enabled` with the reason;
    /// `too_many_answers`. A metric that fails is told of in its own judgement.
    public func of(
        _ id: TaskID,
        metrics names: [String] = [],
        withPredictions: Bool = false
    ) async throws(ServiceError) -> TaskAgreement {
        guard let task = try await stored(await environment.storage.tasks.task(id)) else {
            throw .notFound("Task \(id)")
        }
        let setup = try await setups.setup(of: task.project)
        let metrics = try await metrics(names, setup)
        let answers = try await answers(of: id, withPredictions: withPredictions)
        guard answers.count <= Self.maximumAnswers else {
            throw ServiceError(
                .invalid,
                "too_many_answers",
                "The task has \(answers.count) answers; at most \(Self.maximumAnswers) are "
                    + "compared with each other."
            )
        }
        let questions = TaskQuestions(setup.resolved(task.data), task: id, answers)
        var judgements: [TaskAgreement.Judgement] = []
        for metric in metrics {
            judgements.append(await judge(questions, by: metric, setup))
        }
        return TaskAgreement(
            task: id,
            answers: answers.map(\.answer),
            judgements: judgements
        )
    }

    private func answers(
        of task: TaskID,
        withPredictions: Bool
    ) async throws(ServiceError) -> [TaskQuestions.Entry] {
        let annotations = try await stored(
            await environment.storage.annotations.annotations(of: task)
        )
        var entries = annotations.filter { !$0.wasCancelled }.map(TaskQuestions.Entry.init)
        guard withPredictions else { return entries }
        let predictions = try await stored(
            await environment.storage.predictions.predictions(of: task)
        )
        entries += predictions.map(TaskQuestions.Entry.init)
        return entries
    }

    private func judge(
        _ questions: TaskQuestions,
        by metric: MetricReport,
        _ setup: ProjectSetup
    ) async -> TaskAgreement.Judgement {
        do {
            let run = try await open(metric, setup)
            let scores = try await scores(of: questions, metric, run)
            return TaskAgreement.Judgement(
                metric: metric,
                mean: Self.mean(scores.compactMap(\.score.value)),
                scores: scores,
                reason: nil
            )
        } catch {
            return TaskAgreement.Judgement(
                metric: metric,
                mean: nil,
                scores: [],
                reason: PluginReason(error)
            )
        }
    }

    private func scores(
        of questions: TaskQuestions,
        _ metric: MetricReport,
        _ run: any MetricRun
    ) async throws(PluginError) -> [TaskAgreement.Score] {
        var batch = MetricBatch()
        let asked = questions.ask(metric.metric, in: &batch)
        do throws(PluginError) {
            let scores = try await run.scores(batch)
            await run.close()
            return zip(asked, scores).map { question, score in
                TaskAgreement.Score(first: question.first, second: question.second, score: score)
            }
        } catch {
            await run.close()
            throw error
        }
    }

    func open(
        _ metric: MetricReport,
        _ setup: ProjectSetup
    ) async throws(PluginError) -> any MetricRun {
        try await environment.catalog.openMetric(
            metric.plugin,
            name: metric.metric.name,
            context: PluginContext.json(
                of: setup,
                settings: metric.settings,
                createdAt: environment.clock.now()
            )
        )
    }

    private static func mean(_ scores: [Double]) -> Double? {
        guard !scores.isEmpty else { return nil }
        var tally = ProjectAgreement.Tally(mean: 0, count: 0)
        for score in scores { tally.add(score, 1) }
        return tally.mean
    }
}
