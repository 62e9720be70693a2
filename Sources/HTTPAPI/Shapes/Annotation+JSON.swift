internal import LabelModel

extension Annotation {
    /// How `completed_by` is written.
    enum Author {
        case id
        /// As in the answer for one task.
        case object
    }

    /// Label Studio's Annotation, with our `revision` and `unique_id`.
    ///
    /// `user` is who made it, when known; `now` is for `created_ago`.
    func write(
        to writer: inout JSONWriter,
        by user: User?,
        now: Timestamp,
        author: Author = .id
    ) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("result", result)
            writer.member("created_username", user?.signature ?? " , \(completedBy)")
            writer.member("created_ago", createdAt.ago(from: now))
            writer.key("completed_by")
            if case .object = author, let user {
                user.writeShort(to: &writer, withInitials: true)
            } else {
                writer.value(completedBy)
            }
            writer.member("was_cancelled", wasCancelled)
            writer.member("ground_truth", groundTruth)
            writer.member("created_at", createdAt)
            writer.member("updated_at", updatedAt)
            writer.member("draft_created_at", draftCreatedAt)
            writer.member("lead_time", leadTime)
            writer.member("import_id", importID)
            writer.member("last_action", lastAction)
            writer.member("bulk_created", false)
            writer.member("task", task)
            writer.member("project", project)
            writer.member("updated_by", updatedBy)
            writer.member("parent_prediction", parentPrediction)
            writer.member("parent_annotation", parentAnnotation)
            writer.member("last_created_by", completedBy)
            writer.member("unique_id", uniqueID)
            writer.member("revision", revision)
        }
    }
}

extension AnnotationDraft {
    /// Label Studio's AnnotationDraft.
    func write(to writer: inout JSONWriter, by author: User?, now: Timestamp) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("user", author?.email ?? "")
            writer.member("created_username", author?.signature ?? " , \(user)")
            writer.member("created_ago", createdAt.ago(from: now))
            writer.member("result", result)
            writer.member("lead_time", leadTime)
            writer.member("was_postponed", wasPostponed)
            writer.nullMember("import_id")
            writer.member("created_at", createdAt)
            writer.member("updated_at", updatedAt)
            writer.member("task", task)
            writer.member("annotation", annotation)
        }
    }
}

extension Prediction {
    /// Label Studio's Prediction, and why it does not fit the labeling config, if it does not.
    func write(to writer: inout JSONWriter, now: Timestamp) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("result", result)
            writer.member("model_version", modelVersion)
            writer.member("created_ago", createdAt.ago(from: now))
            writer.member("score", score)
            writer.nullMember("cluster")
            writer.nullMember("neighbors")
            writer.member("mislabeling", 0.0 as Double?)
            writer.member("created_at", createdAt)
            writer.member("updated_at", updatedAt)
            writer.nullMember("model")
            writer.nullMember("model_run")
            writer.member("task", task)
            writer.member("project", project)
            writer.member("misfit", misfit)
        }
    }
}
