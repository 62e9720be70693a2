import Contracts
import LabelModel

/// Goes through every answer of a project, a few tasks at a time.
struct LabelWalk {
    /// Answers may be large, masks above all, so this many tasks are held at once.
    private static let tasksPerStep = 50

    private let storage: any Storage
    private let project: ProjectID

    init(_ storage: any Storage, _ project: ProjectID) {
        self.storage = storage
        self.project = project
    }

    enum Answer {
        case annotation(Annotation)
        case draft(AnnotationDraft)
        case prediction(Prediction)

        var result: RawJSON {
            switch self {
            case .annotation(let annotation): annotation.result
            case .draft(let draft): draft.result
            case .prediction(let prediction): prediction.result
            }
        }

        var kind: LabelChangeCounts.Answer {
            switch self {
            case .annotation: .annotation
            case .draft: .draft
            case .prediction: .prediction
            }
        }
    }

    /// Hands over each answer; `step` is told after each step how many tasks it had.
    func run(
        step: (Int) async throws(ServiceError) -> Void = { _ in },
        _ body: (Answer) async throws(ServiceError) -> Void
    ) async throws(ServiceError) {
        let isAnswered = [
            TaskColumn.totalAnnotations, .cancelledAnnotations, .totalPredictions,
        ].map { TaskFilter.condition(TaskCondition($0, .greater(.number(0)))) }
        try await forEachStep(.any(isAnswered)) { ids async throws(ServiceError) in
            let annotations = try await stored(await storage.annotations.annotations(of: ids))
            let predictions = try await stored(await storage.predictions.predictions(of: ids))
            for id in ids {
                for annotation in annotations[id] ?? [] { try await body(.annotation(annotation)) }
                for prediction in predictions[id] ?? [] { try await body(.prediction(prediction)) }
            }
            try await step(ids.count)
        }
        let hasDrafts = TaskCondition(.hasDrafts, .equal(.bool(true)))
        try await forEachStep(.condition(hasDrafts)) { ids async throws(ServiceError) in
            for id in ids {
                for draft in try await stored(await storage.drafts.drafts(of: id, by: nil)) {
                    try await body(.draft(draft))
                }
            }
            try await step(0)
        }
    }

    private func forEachStep(
        _ filter: TaskFilter,
        _ body: ([TaskID]) async throws(ServiceError) -> Void
    ) async throws(ServiceError) {
        let query = TaskQuery(filter: filter)
        var last: TaskID?
        while true {
            let ids = try await stored(
                await storage.tasks.ids(query, of: project, after: last, limit: Self.tasksPerStep)
            )
            guard let end = ids.last else { return }
            try await body(ids)
            last = end
        }
    }
}
