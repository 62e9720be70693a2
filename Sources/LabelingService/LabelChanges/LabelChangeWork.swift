import Contracts
import LabelModel
import LabelingConfig
import ValueTree

/// One change of labels, from its start to its end.
struct LabelChangeWork: Sendable {
    /// Annotations that are written at once, so that they share transactions.
    private static let writesAtOnce = 64
    /// Looks at all answers: the last one has to find nothing.
    private static let maxRounds = 4

    private let changes: LabelChanges
    private let job: Job

    private var storage: any Storage { changes.storage }

    init(_ changes: LabelChanges, _ job: Job) {
        self.changes = changes
        self.job = job
    }

    /// Runs the job unless somebody else does; how it went stands in the store.
    func run() async {
        guard (try? await storage.jobs.start(job.id)) == true else { return }
        do throws(ServiceError) {
            let counts = try await work()
            var writer = JSONWriter()
            writer.object { counts.writeMembers(to: &$0) }
            try await stored(
                await storage.jobs.complete(job.id, result: RawJSON(checked: writer.bytes))
            )
        } catch {
            // A job that is gone needs no reason.
            try? await storage.jobs.fail(job.id, reason: error.message)
        }
    }

    private func work() async throws(ServiceError) -> LabelChangeCounts {
        let asked = LabelChange(job).counts
        let replacements = asked.uses.map(\.replacement)
        let config = try await changes.projects.setup(of: job.project).config
        let text = config.source(replacing: replacements)
        if text != config.tree.source {
            guard let user = try await stored(await storage.users.user(job.user)) else {
                throw .notFound("User \(job.user)")
            }
            let source = config.tree.source
            let project = try await changes.projects.update(job.project, by: user) { settings in
                if settings.labelConfig == source { settings.labelConfig = text }
            }
            guard project.settings.labelConfig == text else {
                throw ServiceError(
                    .conflict,
                    "label_config_changed",
                    "Someone changed the labeling config meanwhile. Nothing was changed."
                )
            }
        }
        let relabeler = ResultRelabeler(replacements, in: config)
        var counts = LabelChangeCounts(replacements)
        // Drafts may come in with old labels while the first round is under way.
        for _ in 1...Self.maxRounds {
            guard try await go(relabeler, &counts) else { break }
        }
        // One that was broken off has done a part before.
        return job.progress == 0 ? counts : asked
    }

    /// Goes through all answers.
    ///
    /// - Returns: Whether any was changed.
    private func go(
        _ relabeler: ResultRelabeler,
        _ counts: inout LabelChangeCounts
    ) async throws(ServiceError) -> Bool {
        var waiting: [Annotation] = []
        var hasChanged = false
        var done = 0
        try await LabelWalk(storage, job.project).run(
            step: { count async throws(ServiceError) in
                for annotation in try await write(&waiting, relabeler) {
                    counts.add(annotation, of: .annotation)
                    hasChanged = true
                }
                done += count
                guard try await stored(await storage.jobs.setProgress(of: job.id, to: Int64(done)))
                else { throw .notFound("Job \(job.id)") }
            },
            { answer async throws(ServiceError) in
                guard let new = try relabeler.relabel(answer.result) else { return }
                switch answer {
                case .annotation(let annotation):
                    waiting.append(annotation)
                    return
                case .draft(let draft):
                    guard
                        try await stored(
                            await storage.drafts.replaceResult(
                                of: draft.id,
                                draft.result,
                                with: new.result
                            )
                        )
                    else { return hasChanged = true }
                case .prediction(let prediction):
                    guard try await replace(prediction, with: new.result) else {
                        return hasChanged = true
                    }
                }
                counts.add(new, of: answer.kind)
                hasChanged = true
            }
        )
        return hasChanged
    }

    /// Writes annotations, many at once; one that is gone, or lost its old labels, is left out.
    private func write(
        _ waiting: inout [Annotation],
        _ relabeler: ResultRelabeler
    ) async throws(ServiceError) -> [ResultRelabeler.Relabeled] {
        var written: [ResultRelabeler.Relabeled] = []
        var rest = waiting[...]
        waiting = []
        while !rest.isEmpty {
            let some = Array(rest.prefix(Self.writesAtOnce))
            rest = rest.dropFirst(some.count)
            let outcomes = await withTaskGroup(
                of: Result<ResultRelabeler.Relabeled?, ServiceError>.self
            ) { group in
                for annotation in some {
                    group.addTask {
                        do throws(ServiceError) {
                            return .success(try await replace(annotation, relabeler))
                        } catch {
                            return .failure(error)
                        }
                    }
                }
                var outcomes: [Result<ResultRelabeler.Relabeled?, ServiceError>] = []
                for await outcome in group { outcomes.append(outcome) }
                return outcomes
            }
            for outcome in outcomes {
                if let annotation = try outcome.get() { written.append(annotation) }
            }
        }
        return written
    }

    /// Changes one annotation; one that someone changes meanwhile is read again.
    private func replace(
        _ annotation: Annotation,
        _ relabeler: ResultRelabeler
    ) async throws(ServiceError) -> ResultRelabeler.Relabeled? {
        var current = annotation
        while let new = try relabeler.relabel(current.result) {
            var changes = AnnotationChanges()
            changes.result = new.result
            changes.resultCount = current.resultCount
            changes.lastAction = "updated"
            do {
                _ = try await storage.annotations.update(
                    current.id,
                    changes,
                    by: job.user,
                    expected: current.revision
                )
                return new
            } catch {
                guard error.code == .staleRevision else {
                    if error.code == .notFound { return nil }
                    throw ServiceError(error)
                }
            }
            guard let next = try await stored(await storage.annotations.annotation(current.id))
            else { return nil }
            current = next
        }
        return nil
    }

    /// Changes one prediction; one that did not fit the config is looked at again.
    private func replace(
        _ prediction: Prediction,
        with result: RawJSON
    ) async throws(ServiceError) -> Bool {
        var misfit = prediction.misfit
        if misfit != nil, let task = try await stored(await storage.tasks.task(prediction.task)) {
            let setup = try await changes.projects.setup(of: job.project)
            let report = await setup.resultChecker.checkFully(
                result: try JSONText.parse(result.bytes),
                taskData: setup.resolved(task.data),
                mode: .prediction
            )
            misfit = report.problems.first?.sentence
        }
        return try await stored(
            await storage.predictions.replaceResult(
                of: prediction.id,
                prediction.result,
                with: result,
                misfit: misfit
            )
        )
    }
}
