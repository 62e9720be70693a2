import LabelModel
import ValueTree

extension ProjectSettings {
    /// The settings of a project as Label Studio's API tells them; what is missing or null stays
    /// with its default.
    init(labelStudio project: JSONText) {
        self.init()
        title = project["title"]?.string ?? title
        description = project["description"]?.string ?? description
        expertInstruction = project["expert_instruction"]?.string ?? expertInstruction
        color = project["color"]?.string ?? color
        maximumAnnotations = max(1, project["maximum_annotations"]?.int64 ?? 1)
        overlapCohortPercentage =
            project["overlap_cohort_percentage"]?.int64 ?? overlapCohortPercentage
        sampling = project["sampling"]?.string.flatMap { Sampling(rawValue: $0) } ?? sampling
        skipQueue = project["skip_queue"]?.string.flatMap { SkipQueue(rawValue: $0) } ?? skipQueue
        modelVersion = project["model_version"]?.string ?? modelVersion
        minAnnotationsToStartTraining =
            project["min_annotations_to_start_training"]?.int64 ?? minAnnotationsToStartTraining
        pinnedAt = project["pinned_at"]?.string.flatMap { Timestamp(iso8601: $0) }
        readSwitches(project)
    }

    private mutating func readSwitches(_ project: JSONText) {
        for (name, field) in Self.switches {
            if let value = project[name]?.bool { self[keyPath: field] = value }
        }
    }

    private static var switches: [(String, WritableKeyPath<ProjectSettings, Bool>)] {
        [
            ("show_instruction", \.showInstruction), ("show_skip_button", \.showSkipButton),
            ("enable_empty_annotation", \.enableEmptyAnnotation),
            ("show_annotation_history", \.showAnnotationHistory),
            ("show_collab_predictions", \.showCollabPredictions),
            ("show_ground_truth_first", \.showGroundTruthFirst),
            ("show_overlap_first", \.showOverlapFirst),
            ("evaluate_predictions_automatically", \.evaluatePredictionsAutomatically),
            ("reveal_preannotations_interactively", \.revealPreannotationsInteractively),
            ("is_published", \.isPublished), ("is_draft", \.isDraft),
        ]
    }
}
