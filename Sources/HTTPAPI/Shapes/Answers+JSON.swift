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
        let answered = tasks.filter { $0.totalAnnotations + $0.cancelledAnnotations > 0 }
        let predicted = tasks.filter { $0.totalPredictions > 0 }
        try await self.init(
            annotations: service.labeling.annotations(of: answered.map(\.id)),
            drafts: service.labeling.drafts(of: tasks.map(\.id), by: user),
            predictions: service.labeling.predictions(of: predicted.map(\.id)),
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

    /// What the answers of a task come to, as columns of a list show it.
    ///
    /// `withResults`: With the results' text, which Label Studio leaves out of a single task.
    func summary(of task: LabelingTask, withResults: Bool = true) -> AnswerSummary {
        AnswerSummary(
            task,
            annotations: annotations[task.id] ?? [],
            predictions: predictions[task.id] ?? [],
            hasDrafts: drafts[task.id]?.isEmpty == false,
            withResults: withResults
        )
    }

    /// Writes the members `annotations`, `drafts` and `predictions`.
    func write(
        of task: TaskID,
        to writer: inout JSONWriter,
        author: Annotation.Author = .id
    ) {
        writeSubmitted(of: task, to: &writer, author: author)
        writer.key("drafts")
        writer.array { writer in
            for draft in drafts[task] ?? [] {
                draft.write(to: &writer, by: users[draft.user], now: now)
            }
        }
    }

    /// Writes the members `annotations` and `predictions`.
    func writeSubmitted(
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
        writer.key("predictions")
        writer.array { writer in
            for prediction in predictions[task] ?? [] { prediction.write(to: &writer, now: now) }
        }
    }
}
