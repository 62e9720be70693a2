internal import LabelModel
internal import LabelingConfig
internal import LabelingService

/// A project with what its answer needs besides.
struct ProjectShape: Sendable {
    let project: Project
    let setup: ProjectSetup
    let creator: User?
    /// False in the answer to its creation, where Label Studio leaves the numbers null.
    var hasCounters = true

    /// Controls with which an annotator answers for the whole task, so that one answer can be
    /// given for many tasks at once.
    private static let bulkControls: Set<String> = ["Choices", "Rating", "Taxonomy", "TextArea"]

    /// Label Studio's Project, 46 fields, and when it was archived.
    func write(to writer: inout JSONWriter) {
        writer.object { writeMembers(to: &$0) }
    }

    /// The fields alone, for an object that has more.
    func writeMembers(to writer: inout JSONWriter) {
        let settings = project.settings
        writer.member("id", project.id)
        writer.member("title", settings.title)
        writer.member("description", settings.description)
        writer.member("label_config", settings.labelConfig)
        writer.member("expert_instruction", settings.expertInstruction)
        writer.member("show_instruction", settings.showInstruction)
        writer.member("show_skip_button", settings.showSkipButton)
        writer.member("enable_empty_annotation", settings.enableEmptyAnnotation)
        writer.member("show_annotation_history", settings.showAnnotationHistory)
        writer.member("organization", Int(1))
        writer.member("color", settings.color)
        writer.member("maximum_annotations", settings.maximumAnnotations)
        writer.member("is_published", settings.isPublished)
        writer.member("model_version", settings.modelVersion)
        writer.member("is_draft", settings.isDraft)
        writer.key("created_by")
        if let creator {
            creator.writeShort(to: &writer)
        } else {
            writer.null()
        }
        writer.member("created_at", project.createdAt)
        writer.member(
            "min_annotations_to_start_training",
            settings.minAnnotationsToStartTraining
        )
        writer.member(
            "start_training_on_annotation_update",
            settings.minAnnotationsToStartTraining > 0
        )
        writer.member("show_collab_predictions", settings.showCollabPredictions)
        writer.member("sampling", settings.sampling.rawValue)
        writer.member("show_ground_truth_first", settings.showGroundTruthFirst)
        writer.member("show_overlap_first", settings.showOverlapFirst)
        writer.member("overlap_cohort_percentage", settings.overlapCohortPercentage)
        writer.nullMember("task_data_login")
        writer.nullMember("task_data_password")
        writer.member("control_weights", setup.controlWeights)
        writer.member("parsed_label_config", setup.parsedLabelConfig)
        writer.member(
            "evaluate_predictions_automatically",
            settings.evaluatePredictionsAutomatically
        )
        writer.member("config_has_control_tags", !setup.config.controls.isEmpty)
        writer.member("skip_queue", settings.skipQueue.rawValue)
        writer.member(
            "reveal_preannotations_interactively",
            settings.revealPreannotationsInteractively
        )
        writer.member("pinned_at", settings.pinnedAt)
        writer.member("archived_at", settings.archivedAt)
        writer.member(
            "config_suitable_for_bulk_annotation",
            !setup.config.controls.isEmpty
                && setup.config.controls.allSatisfy { Self.bulkControls.contains($0.type) }
        )
        writer.member("annotator_evaluation_enabled", false)
        writer.nullMember("state")
        writeCounters(to: &writer)
    }

    private func writeCounters(to writer: inout JSONWriter) {
        let counters = hasCounters ? project.counters : nil
        writer.member("task_number", counters?.tasks)
        counters.writeRest(to: &writer)
        writer.member("queue_total", counters?.tasks ?? 0)
        writer.member("queue_done", counters?.finishedTasks ?? 0)
    }
}

extension ProjectCounters? {
    /// All numbers but `task_number`.
    func writeRest(to writer: inout JSONWriter) {
        writer.member("finished_task_number", self?.finishedTasks)
        writer.member("num_tasks_with_annotations", self?.tasksWithAnnotations)
        writer.member("useful_annotation_number", self?.usefulAnnotations)
        writer.member("ground_truth_number", self?.groundTruths)
        writer.member("skipped_annotations_number", self?.skippedAnnotations)
        writer.member("total_annotations_number", self?.annotations)
        writer.member("total_predictions_number", self?.predictions)
    }
}
