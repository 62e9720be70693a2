import Contracts
import LabelModel

extension ProjectDossier {
    /// Reads `project.json` of an archive.
    init(_ fields: ArchiveFields, _ reader: ChronicleReader) throws(ServiceError) {
        let configs = try Self.configs(fields)
        var settings = try ProjectSettings(archived: fields.object("settings"))
        settings.labelConfig = configs.last?.text ?? settings.labelConfig
        var views: [TaskView] = []
        for (position, view) in try fields.list("views").enumerated() {
            views.append(
                TaskView(
                    id: ViewID(rawValue: 0),
                    project: ProjectID(rawValue: 0),
                    user: try reader.person(view, "user"),
                    position: Int64(position),
                    data: try view.rawObject("data")
                )
            )
        }
        self.init(
            settings: settings,
            createdBy: try reader.person(fields, "created_by"),
            createdAt: try fields.timestamp("created_at"),
            updatedAt: try fields.timestamp("updated_at"),
            lastInnerID: try fields.integer("last_inner_id"),
            configs: configs,
            plugins: try Self.plugins(fields),
            views: views
        )
        guard lastInnerID >= reader.lastInnerID else {
            throw fields.fault("last_inner_id", "below \(reader.lastInnerID), that of a task")
        }
        guard reader.latestConfig <= configs.last?.version ?? 0 else {
            throw fields.fault(
                "label_configs",
                "without version \(reader.latestConfig), which an annotation was made under"
            )
        }
    }

    private static func configs(
        _ fields: ArchiveFields
    ) throws(ServiceError) -> [LabelConfigVersion] {
        var configs: [LabelConfigVersion] = []
        for config in try fields.list("label_configs") {
            let version = try config.count("version")
            guard version > configs.last?.version ?? 0 else {
                throw config.fault("version", "not above the one before")
            }
            configs.append(
                LabelConfigVersion(
                    version: version,
                    createdAt: try config.timestamp("created_at"),
                    text: try config.string("text")
                )
            )
        }
        guard !configs.isEmpty else { throw fields.fault("label_configs", "empty") }
        return configs
    }

    private static func plugins(
        _ fields: ArchiveFields
    ) throws(ServiceError) -> [PluginEnablement] {
        var plugins: [PluginEnablement] = []
        for plugin in try fields.list("plugins") {
            plugins.append(
                PluginEnablement(
                    plugin: PluginVersion(
                        id: try plugin.string("id"),
                        version: try plugin.string("version")
                    ),
                    isEnabled: try plugin.bool("enabled"),
                    settings: try plugin.rawObject("settings")
                )
            )
        }
        return plugins
    }
}

extension ProjectSettings {
    fileprivate init(archived fields: ArchiveFields) throws(ServiceError) {
        self.init()
        title = try fields.string("title")
        description = try fields.string("description")
        expertInstruction = try fields.string("expert_instruction")
        showInstruction = try fields.bool("show_instruction")
        color = try fields.string("color")
        maximumAnnotations = try fields.count("maximum_annotations")
        overlapCohortPercentage = try fields.integer("overlap_cohort_percentage")
        sampling = try fields.choice("sampling")
        skipQueue = try fields.choice("skip_queue")
        showSkipButton = try fields.bool("show_skip_button")
        enableEmptyAnnotation = try fields.bool("enable_empty_annotation")
        showAnnotationHistory = try fields.bool("show_annotation_history")
        showCollabPredictions = try fields.bool("show_collab_predictions")
        showGroundTruthFirst = try fields.bool("show_ground_truth_first")
        showOverlapFirst = try fields.bool("show_overlap_first")
        evaluatePredictionsAutomatically = try fields.bool("evaluate_predictions_automatically")
        revealPreannotationsInteractively = try fields.bool("reveal_preannotations_interactively")
        isPublished = try fields.bool("is_published")
        isDraft = try fields.bool("is_draft")
        modelVersion = try fields.string("model_version")
        minAnnotationsToStartTraining = try fields.integer("min_annotations_to_start_training")
        pinnedAt = try fields.optionalTimestamp("pinned_at")
        archivedAt = try fields.optionalTimestamp("archived_at")
    }
}

extension ArchiveFields {
    /// One of the words of an enumeration.
    fileprivate func choice<Choice: RawRepresentable & CaseIterable>(
        _ name: String
    ) throws(ServiceError) -> Choice where Choice.RawValue == String {
        guard let choice = Choice(rawValue: try string(name)) else {
            let words = Choice.allCases.map(\.rawValue).joined(separator: ", ")
            throw fault(name, "none of \(words)")
        }
        return choice
    }
}
