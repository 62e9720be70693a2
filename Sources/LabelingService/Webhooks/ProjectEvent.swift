import LabelModel
import LabelingConfig

/// A project inside the payload of an event.
struct ProjectEvent {
    let setup: ProjectSetup
    /// With its counters as they are now.
    let project: Project
    /// A number that differs between labeling configs.
    let configHash: Int64

    /// Label Studio's fields; those that say nothing here are null.
    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writeSettings(to: &writer)
            writeConfig(to: &writer)
            writeCounters(to: &writer)
        }
    }

    private func writeSettings(to writer: inout JSONWriter) {
        let settings = project.settings
        writer.member("id", project.id)
        writer.member("title", settings.title)
        writer.member("description", settings.description)
        writer.member("expert_instruction", settings.expertInstruction)
        writer.member("show_instruction", settings.showInstruction)
        writer.member("show_skip_button", settings.showSkipButton)
        writer.member("enable_empty_annotation", settings.enableEmptyAnnotation)
        writer.member(
            "reveal_preannotations_interactively",
            settings.revealPreannotationsInteractively
        )
        writer.member("show_annotation_history", settings.showAnnotationHistory)
        writer.member("show_collab_predictions", settings.showCollabPredictions)
        writer.member(
            "evaluate_predictions_automatically",
            settings.evaluatePredictionsAutomatically
        )
        writer.nullMember("token")
        writer.member("result_count", Int(0))
        writer.member("color", settings.color)
        writer.member("maximum_annotations", settings.maximumAnnotations)
        writer.member(
            "min_annotations_to_start_training",
            settings.minAnnotationsToStartTraining
        )
        writer.member("model_version", settings.modelVersion)
        writer.member("is_draft", settings.isDraft)
        writer.member("is_published", settings.isPublished)
        writer.member("created_at", project.createdAt)
        writer.member("updated_at", project.updatedAt)
        writer.member("sampling", settings.sampling.rawValue)
        writer.member("skip_queue", settings.skipQueue.rawValue)
        writer.member("show_ground_truth_first", settings.showGroundTruthFirst)
        writer.member("annotator_evaluation_enabled", false)
        writer.member("show_overlap_first", settings.showOverlapFirst)
        writer.member("overlap_cohort_percentage", settings.overlapCohortPercentage)
        writer.nullMember("task_data_login")
        writer.nullMember("task_data_password")
        writer.member("pinned_at", settings.pinnedAt)
        writer.nullMember("custom_task_lock_ttl")
        writer.nullMember("deleted_at")
        writer.nullMember("purge_at")
        writer.nullMember("search_vector")
        writer.member("organization", Organization.number)
        writer.member("created_by", project.createdBy)
        writer.nullMember("deleted_by")
    }

    private func writeConfig(to writer: inout JSONWriter) {
        writer.member("label_config", project.settings.labelConfig)
        writer.member("parsed_label_config", setup.parsedLabelConfig)
        writer.member("label_config_hash", configHash)
        writer.member("control_weights", setup.controlWeights)
        writer.key("data_types")
        writer.object { writer in
            var named: Set<String> = []
            for field in setup.config.dataFields where named.insert(field.path.key).inserted {
                writer.key(field.path.key)
                writer.value(field.tag)
            }
        }
    }

    private func writeCounters(to writer: inout JSONWriter) {
        let counters = project.counters
        writer.member("task_number", counters.tasks)
        writer.member("finished_task_number", counters.finishedTasks)
        writer.member("total_predictions_number", counters.predictions)
        writer.member("total_annotations_number", counters.annotations)
        writer.member("num_tasks_with_annotations", counters.tasksWithAnnotations)
        writer.member("useful_annotation_number", counters.usefulAnnotations)
        writer.member("ground_truth_number", counters.groundTruths)
        writer.member("skipped_annotations_number", counters.skippedAnnotations)
    }
}
