import Contracts
import LabelModel
import ValueTree

extension DataManager {
    /// Tasks that a model is asked about at once; it answers in one request.
    private static let tasksPerPrediction = 100

    /// Makes annotations from predictions, in the name of the user.
    ///
    /// `versions`: Only of these model versions; nil for all. Predictions that do not fit the labeling config are left out, as their
    /// results would be refused as answers.
    func annotate(
        _ query: TaskQuery,
        in project: ProjectID,
        withPredictionsOf versions: [String]?,
        by user: User
    ) async throws(ServiceError) -> TaskActionOutcome {
        var count: Int64 = 0
        var misfits = 0
        try await forEachStep(of: query, in: project) { ids async throws(ServiceError) in
            let predictions = try await stored(await storage.predictions.predictions(of: ids))
            var entries: [(task: TaskID, annotation: NewAnnotation)] = []
            for id in ids {
                for prediction in predictions[id] ?? []
                where versions?.contains(prediction.modelVersion) != false {
                    guard prediction.misfit == nil else {
                        misfits += 1
                        continue
                    }
                    let result = try JSONText.parse(prediction.result.bytes)
                    var annotation = NewAnnotation(
                        result: prediction.result,
                        resultCount: Int64(result.count)
                    )
                    annotation.parentPrediction = prediction.id
                    annotation.lastAction = "prediction"
                    entries.append((id, annotation))
                }
            }
            count += try await insert(entries, by: user)
        }
        let rest = misfits == 0 ? "" : "; \(misfits) predictions do not fit the labeling config"
        return .done(
            processed: count,
            detail: "Created \(count) annotations\(rest)",
            reloads: false
        )
    }

    /// Asks the project's ML backend about tasks that it has not answered yet.
    func retrievePredictions(
        _ query: TaskQuery,
        in project: ProjectID
    ) async throws(ServiceError) -> TaskActionOutcome {
        var asked: Int64 = 0
        var made: Int64 = 0
        try await forEachStep(of: query, in: project) { ids async throws(ServiceError) in
            var rest = ids[...]
            while !rest.isEmpty {
                let some = Array(rest.prefix(Self.tasksPerPrediction))
                rest = rest.dropFirst(some.count)
                let selection = TaskSelection(project: project, onlyAnnotated: false, ids: some)
                let cursor = try await stored(await storage.tasks.records(selection))
                let records = try await stored(await cursor.next(some.count))
                asked += Int64(records.count)
                made += try await mlBackends.predict(records.map(\.task), of: project)
            }
        }
        labeling.recentTasks.removeAll()
        return .done(
            processed: asked,
            detail: "Retrieved \(made) predictions",
            reloads: false
        )
    }

    /// Copies one annotation to all tasks that a query finds, but its own.
    func propagate(
        _ source: AnnotationID,
        to query: TaskQuery,
        in project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> TaskActionOutcome {
        let annotation = try await labeling.annotation(source)
        guard annotation.project == project else { throw .notFound("Annotation \(source)") }
        var copy = NewAnnotation(result: annotation.result, resultCount: annotation.resultCount)
        copy.parentAnnotation = source
        copy.lastAction = "propagated_annotation"
        var count: Int64 = 0
        try await forEachStep(of: query, in: project) { ids async throws(ServiceError) in
            let entries = ids.filter { $0 != annotation.task }.map { (task: $0, annotation: copy) }
            count += try await insert(entries, by: user)
        }
        return .done(processed: count, detail: "Created \(count) annotations", reloads: false)
    }

    private func insert(
        _ entries: [(task: TaskID, annotation: NewAnnotation)],
        by user: User
    ) async throws(ServiceError) -> Int64 {
        guard !entries.isEmpty else { return 0 }
        let made = try await stored(await storage.annotations.insert(entries, by: user.id))
        return Int64(made.count)
    }
}
