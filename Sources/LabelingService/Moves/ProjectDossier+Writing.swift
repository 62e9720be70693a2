import Contracts
import LabelModel
import ValueTree

extension ProjectDossier {
    /// Writes all of a project but its tasks as `project.json` of an archive.
    func write(_ people: inout ArchivePeople, to writer: inout JSONWriter) {
        writer.beginObject()
        writer.member("created_by", people.number(of: createdBy))
        writer.member("created_at", createdAt)
        writer.member("updated_at", updatedAt)
        writer.member("last_inner_id", lastInnerID)
        writer.key("settings")
        writer.object { settings.write(to: &$0) }
        writer.key("label_configs")
        writer.array { writer in
            for config in configs {
                writer.object { writer in
                    writer.member("version", config.version)
                    writer.member("created_at", config.createdAt)
                    writer.member("text", config.text)
                }
            }
        }
        writer.key("plugins")
        writer.array { writer in
            for plugin in plugins {
                writer.object { writer in
                    writer.member("id", plugin.plugin.id)
                    writer.member("version", plugin.plugin.version)
                    writer.member("enabled", plugin.isEnabled)
                    writer.member("settings", plugin.settings)
                }
            }
        }
        writer.key("views")
        writer.beginArray()
        for view in views {
            writer.beginObject()
            writer.member("user", people.number(of: view.user))
            writer.member("data", Self.withoutSelection(view.data))
            writer.endObject()
        }
        writer.endArray()
        writer.endObject()
    }

    /// What a view says without the tasks that someone has ticked: those have other ids elsewhere.
    private static func withoutSelection(_ data: RawJSON) -> RawJSON {
        guard let view = try? JSONText(parsing: data.bytes), view["selectedItems"] != nil else {
            return data
        }
        var writer = JSONWriter(capacity: data.bytes.count)
        writer.object { writer in
            for member in view.members where !member.isNamed("selectedItems") {
                writer.key(member.name)
                writer.raw(member.value.rawBytes)
            }
        }
        return RawJSON(checked: writer.bytes)
    }
}

extension ProjectSettings {
    /// Under the names that the HTTP API has for them; the labeling config goes apart.
    fileprivate func write(to writer: inout JSONWriter) {
        writer.member("title", title)
        writer.member("description", description)
        writer.member("expert_instruction", expertInstruction)
        writer.member("show_instruction", showInstruction)
        writer.member("color", color)
        writer.member("maximum_annotations", maximumAnnotations)
        writer.member("overlap_cohort_percentage", overlapCohortPercentage)
        writer.member("sampling", sampling.rawValue)
        writer.member("skip_queue", skipQueue.rawValue)
        writer.member("show_skip_button", showSkipButton)
        writer.member("enable_empty_annotation", enableEmptyAnnotation)
        writer.member("show_annotation_history", showAnnotationHistory)
        writer.member("show_collab_predictions", showCollabPredictions)
        writer.member("show_ground_truth_first", showGroundTruthFirst)
        writer.member("show_overlap_first", showOverlapFirst)
        writer.member("evaluate_predictions_automatically", evaluatePredictionsAutomatically)
        writer.member("reveal_preannotations_interactively", revealPreannotationsInteractively)
        writer.member("is_published", isPublished)
        writer.member("is_draft", isDraft)
        writer.member("model_version", modelVersion)
        writer.member("min_annotations_to_start_training", minAnnotationsToStartTraining)
        writer.member("pinned_at", pinnedAt)
        writer.member("archived_at", archivedAt)
    }
}
