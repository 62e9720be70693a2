import LabelModel

extension Project {
    /// From `projects p`, `label_configs c` and `project_counters n`.
    static let columns = """
        p.id, p.created_by, p.created_at, p.updated_at, p.config_version, \
        p.title, p.description, p.expert_instruction, p.show_instruction, c.text, p.color, \
        p.maximum_annotations, p.overlap_cohort_percentage, p.sampling, p.skip_queue, \
        p.show_skip_button, p.enable_empty_annotation, p.show_annotation_history, \
        p.show_collab_predictions, p.show_ground_truth_first, p.show_overlap_first, \
        p.evaluate_predictions_automatically, p.reveal_preannotations_interactively, \
        p.is_published, p.is_draft, p.model_version, p.min_annotations_to_start_training, \
        p.pinned_at, p.archived_at, \
        n.tasks, n.finished_tasks, n.tasks_with_annotations, n.annotations, \
        n.useful_annotations, n.ground_truths, n.skipped_annotations, n.predictions
        """

    static let source = """
        projects p
        JOIN label_configs c ON c.project_id = p.id AND c.version = p.config_version
        JOIN project_counters n ON n.project_id = p.id
        """

    /// True for a project `p` that is not hidden.
    static let isVisible = "NOT EXISTS (SELECT 1 FROM hidden_projects h WHERE h.id = p.id)"

    init(_ row: inout ColumnReader) {
        let id: ProjectID = row.next()
        let createdBy: UserID = row.next()
        let createdAt: Timestamp = row.next()
        let updatedAt: Timestamp = row.next()
        let configVersion: Int64 = row.next()
        let settings = ProjectSettings(&row)
        self.init(
            id: id,
            settings: settings,
            createdBy: createdBy,
            createdAt: createdAt,
            updatedAt: updatedAt,
            configVersion: configVersion,
            counters: ProjectCounters(&row)
        )
    }
}

extension ProjectSettings {
    fileprivate init(_ row: inout ColumnReader) {
        self.init()
        title = row.next()
        description = row.next()
        expertInstruction = row.next()
        showInstruction = row.next()
        labelConfig = row.next()
        color = row.next()
        maximumAnnotations = row.next()
        overlapCohortPercentage = row.next()
        sampling = Sampling(rawValue: row.next()) ?? sampling
        skipQueue = SkipQueue(rawValue: row.next()) ?? skipQueue
        showSkipButton = row.next()
        enableEmptyAnnotation = row.next()
        showAnnotationHistory = row.next()
        showCollabPredictions = row.next()
        showGroundTruthFirst = row.next()
        showOverlapFirst = row.next()
        evaluatePredictionsAutomatically = row.next()
        revealPreannotationsInteractively = row.next()
        isPublished = row.next()
        isDraft = row.next()
        modelVersion = row.next()
        minAnnotationsToStartTraining = row.next()
        pinnedAt = row.next()
        archivedAt = row.next()
    }

    /// How many people are to annotate the task with this inner id.
    ///
    /// The tasks that get the full overlap are spread evenly, so that a part of a project has the
    /// same share of them as the whole.
    func overlap(innerID: Int64) -> Int64 {
        let share = max(0, min(100, overlapCohortPercentage))
        let isInCohort = innerID * share / 100 > (innerID - 1) * share / 100
        return isInCohort ? max(1, maximumAnnotations) : 1
    }
}

extension ProjectCounters {
    init(_ row: inout ColumnReader) {
        self.init()
        tasks = row.next()
        finishedTasks = row.next()
        tasksWithAnnotations = row.next()
        annotations = row.next()
        usefulAnnotations = row.next()
        groundTruths = row.next()
        skippedAnnotations = row.next()
        predictions = row.next()
    }
}
