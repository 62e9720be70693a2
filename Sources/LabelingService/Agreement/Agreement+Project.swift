import Contracts
public import LabelModel

extension Agreement {
    /// Bytes of answers that are judged in one call.
    private static let batchBytes = 1 << 20

    /// Judges all annotated tasks of a project by one metric.
    ///
    /// The tasks pass through as a stream: memory does not grow with the project. It ends early
    /// when the calling task is cancelled.
    ///
    /// - `metric`: Its name.
    ///
    /// Throws ``ServiceError`` `metric_unknown`; `metric_not_enabled`; what the plugin reports.
    public func summary(
        of project: ProjectID,
        metric name: String
    ) async throws(ServiceError) -> ProjectAgreement {
        let setup = try await setups.setup(of: project)
        guard let metric = try await metrics([name], setup).first else {
            throw .notFound("Metric \(name)")
        }
        let records = RecordReader(
            try await stored(
                await environment.storage.tasks.records(
                    TaskSelection(project: project, onlyAnnotated: true)
                )
            )
        )
        let run: any MetricRun
        do {
            run = try await open(metric, setup)
        } catch {
            throw ServiceError(error)
        }
        do throws(ServiceError) {
            let summary = try await summary(of: records, metric, run, setup)
            await run.close()
            return summary
        } catch {
            await run.close()
            throw error
        }
    }

    private func summary(
        of records: RecordReader,
        _ metric: MetricReport,
        _ run: any MetricRun,
        _ setup: ProjectSetup
    ) async throws(ServiceError) -> ProjectAgreement {
        var summary = ProjectAgreement(metric: metric)
        var batch = MetricBatch()
        var asked: [(first: JudgedAnswer, second: JudgedAnswer?)] = []
        while true {
            let page = try await records.next()
            guard !page.isEmpty, !Task.isCancelled else { break }
            for record in page {
                let entries = record.annotations.filter { !$0.wasCancelled }
                    .prefix(Self.maximumAnswers).map(TaskQuestions.Entry.init)
                let task = record.task
                let questions = TaskQuestions(setup.resolved(task.data), task: task.id, entries)
                let about = questions.ask(metric.metric, in: &batch)
                asked += about
                summary.judgedTasks += about.isEmpty ? 0 : 1
                if batch.bytes.count >= Self.batchBytes {
                    summary.add(try await scores(batch, run), asked)
                    batch = MetricBatch()
                    asked = []
                }
            }
        }
        if !asked.isEmpty { summary.add(try await scores(batch, run), asked) }
        return summary
    }

    private func scores(
        _ batch: MetricBatch,
        _ run: any MetricRun
    ) async throws(ServiceError) -> [MetricScore] {
        do {
            return try await run.scores(batch)
        } catch {
            throw ServiceError(error)
        }
    }
}

extension ProjectAgreement {
    /// More labels, and more pairs of people, than this are not told apart.
    private static let maximumEntries = 1_000

    fileprivate mutating func add(
        _ scores: [MetricScore],
        _ asked: [(first: JudgedAnswer, second: JudgedAnswer?)]
    ) {
        for (score, question) in zip(scores, asked) {
            for part in score.parts {
                add(part.score, part.weight, to: \.labels, part.label)
            }
            guard let value = score.value else {
                withoutScore += 1
                continue
            }
            var tally = overall ?? Tally(mean: 0, count: 0)
            tally.add(value, 1)
            overall = tally
            minimum = Swift.min(minimum ?? value, value)
            maximum = Swift.max(maximum ?? value, value)
            guard let people = annotators(question) else { continue }
            add(value, 1, to: \.annotators, people)
        }
    }

    private mutating func add<Key: Hashable>(
        _ score: Double,
        _ weight: Double,
        to tallies: WritableKeyPath<Self, [Key: Tally]>,
        _ key: Key
    ) {
        let isKnown = self[keyPath: tallies][key] != nil
        guard isKnown || self[keyPath: tallies].count < Self.maximumEntries else {
            isCut = true
            return
        }
        self[keyPath: tallies][key, default: Tally(mean: 0, count: 0)].add(score, weight)
    }

    /// The two people of a question; the one with the smaller id first if their order means
    /// nothing.
    private func annotators(
        _ question: (first: JudgedAnswer, second: JudgedAnswer?)
    ) -> Annotators? {
        guard let first = question.first.completedBy,
            let second = question.second.map(\.completedBy) ?? question.first.completedBy
        else { return nil }
        let isSwapped = metric.metric.isSymmetric && second.rawValue < first.rawValue
        return isSwapped
            ? Annotators(first: second, second: first) : Annotators(first: first, second: second)
    }
}
