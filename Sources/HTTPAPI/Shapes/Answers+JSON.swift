internal import LabelModel
internal import LabelingService

/// What was said of some tasks: annotations, drafts of who asks, predictions.
struct Answers: Sendable {
    private let annotations: [TaskID: [Annotation]]
    private let drafts: [TaskID: [AnnotationDraft]]
    private let predictions: [TaskID: [Prediction]]
    private let users: [UserID: User]
    private let now = Timestamp.present

    /// Of one task, as the service found it.
    init(_ details: TaskDetails, for user: User, from service: LabelingService) async throws {
        let task = details.task.id
        try await self.init(
            annotations: [task: details.annotations],
            drafts: [task: details.drafts],
            predictions: [task: details.predictions],
            for: user,
            from: service
        )
    }

    /// Of the tasks of one page.
    init(to tasks: [LabelingTask], for user: User, from service: LabelingService) async throws {
        var drafts: [TaskID: [AnnotationDraft]] = [:]
        var predictions: [TaskID: [Prediction]] = [:]
        for task in tasks {
            drafts[task.id] = try await service.labeling.drafts(of: task.id, by: user)
            if task.totalPredictions > 0 {
                predictions[task.id] = try await service.labeling.predictions(of: task.id)
            }
        }
        try await self.init(
            annotations: service.labeling.annotations(of: tasks.map(\.id)),
            drafts: drafts,
            predictions: predictions,
            for: user,
            from: service
        )
    }

    private init(
        annotations: [TaskID: [Annotation]],
        drafts: [TaskID: [AnnotationDraft]],
        predictions: [TaskID: [Prediction]],
        for user: User,
        from service: LabelingService
    ) async throws {
        self.annotations = annotations
        self.drafts = drafts
        self.predictions = predictions
        var ids = Set(annotations.values.joined().map(\.completedBy))
        ids.insert(user.id)
        users = try await service.accounts.names(ids)
    }

    /// Writes the members `annotations`, `drafts` and `predictions`.
    func write(
        of task: TaskID,
        to writer: inout JSONWriter,
        author: Annotation.Author = .id
    ) {
        writer.key("annotations")
        writer.array { writer in
            for annotation in annotations[task] ?? [] {
                annotation.write(
                    to: &writer,
                    by: users[annotation.completedBy],
                    now: now,
                    author: author
                )
            }
        }
        writer.key("drafts")
        writer.array { writer in
            for draft in drafts[task] ?? [] {
                draft.write(to: &writer, by: users[draft.user], now: now)
            }
        }
        writer.key("predictions")
        writer.array { writer in
            for prediction in predictions[task] ?? [] { prediction.write(to: &writer, now: now) }
        }
    }
}
