public import Contracts
public import LabelModel
import LabelingConfig
import ValueTree

extension DataManager {
    /// Tasks that one transaction is about, so that other writes get their turn.
    static let tasksPerStep = 1_000

    /// Does something to all tasks that are asked for.
    ///
    /// - `name`: One of ``TaskAction/Name``.
    /// - `body`: JSON object: `filters`, `ordering`, `selectedItems`, and what the action asks for;
    ///   without a selection it is about all tasks that the filters let through.
    ///
    /// Throws ``ServiceError`` `action_unknown`, or what the action refuses.
    public func run(
        _ name: String,
        in project: ProjectID,
        view: ViewID?,
        body: [UInt8],
        by user: User
    ) async throws(ServiceError) -> TaskActionOutcome {
        guard let action = TaskAction.Name(rawValue: name) else {
            throw ServiceError(
                .notFound,
                "action_unknown",
                "There is no action “\(name)”.",
                hint: "The actions are listed at /api/dm/actions/."
            )
        }
        let text = try JSONText.parseObject(body.isEmpty ? Array("{}".utf8) : body)
        var request = Request()
        request.project = project
        request.view = view
        request.query = text.rawBytes
        let (_, query) = try await resolve(request)
        let fields = BodyFields(text)
        switch action {
        case .nextTask: return try await nextTask(in: project, for: user)
        case .deleteTasks: return try await deleteTasks(query, in: project, by: user)
        case .deleteAnnotations:
            let annotator = try fields.integer("annotator").map { UserID($0) }
            return try await deleteAnnotations(query, in: project, of: annotator, by: user)
        case .deletePredictions: return try await deletePredictions(query, in: project)
        case .retrievePredictions: return try await retrievePredictions(query, in: project)
        case .predictionsToAnnotations:
            let versions = try Self.strings(fields, "model_version")
            return try await annotate(query, in: project, withPredictionsOf: versions, by: user)
        case .removeDuplicates: return try await removeDuplicates(query, in: project, by: user)
        case .propagateAnnotations:
            guard let id = try fields.integer("source_annotation_id") else {
                throw fields.missing("source_annotation_id")
            }
            return try await propagate(AnnotationID(id), to: query, in: project, by: user)
        case .renameLabels:
            let rename = try await labelRename(fields, in: project)
            let count = try await renameLabels(rename, query, in: project, by: user)
            return .done(
                processed: count,
                detail: "Updated \(count) annotations",
                reloads: false
            )
        }
    }

    /// What an action asks for; empty when it asks for nothing.
    public func form(
        of name: String,
        in project: ProjectID
    ) async throws(ServiceError) -> [TaskAction.Field] {
        guard let action = TaskAction.Name(rawValue: name) else {
            throw .notFound("Action “\(name)”")
        }
        switch action {
        case .nextTask, .removeDuplicates, .deleteTasks, .deletePredictions,
            .retrievePredictions:
            return []
        case .deleteAnnotations:
            return [TaskAction.Field("annotator", "Only of the user with this id")]
        case .predictionsToAnnotations:
            let versions = try await stored(await storage.predictions.modelVersions(of: project))
            return [
                TaskAction.Field(
                    "model_version",
                    "Model version",
                    choices: versions.map(\.version)
                )
            ]
        case .propagateAnnotations:
            return [TaskAction.Field("source_annotation_id", "Id of the annotation to copy")]
        case .renameLabels:
            let config = try await setups.setup(of: project).config
            return [
                TaskAction.Field(
                    "control_tag",
                    "Control",
                    choices: config.controls.map(\.name)
                ),
                TaskAction.Field("old_label_name", "Old label"),
                TaskAction.Field("new_label_name", "New label"),
            ]
        }
    }

    // MARK: Parts

    /// Goes through the tasks that a query finds, in steps; what `body` does to a task does not
    /// make the walk miss another.
    func forEachStep(
        of query: TaskQuery,
        in project: ProjectID,
        _ body: ([TaskID]) async throws(ServiceError) -> Void
    ) async throws(ServiceError) {
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

    private func nextTask(
        in project: ProjectID,
        for user: User
    ) async throws(ServiceError) -> TaskActionOutcome {
        guard let next = try await labeling.next(in: project, for: user) else {
            throw ServiceError(
                .notFound,
                "no_more_tasks",
                "There are no tasks to label for you now.",
                hint: "All are labeled, or others are working on the rest."
            )
        }
        return .nextTask(next)
    }

    /// One text or a list of them.
    private static func strings(
        _ fields: BodyFields,
        _ name: String
    ) throws(ServiceError) -> [String]? {
        guard let value = fields.value(name) else { return nil }
        if let text = value.string { return [text] }
        let texts = value.elements.compactMap(\.string)
        guard value.kind == .array, texts.count == value.count else {
            throw .invalidField(name, "A text or a list of texts is wanted.")
        }
        return texts
    }
}
