extension Annotation {
    /// Label Studio's annotation inside the payload of an event, whose fields are not all those of
    /// the API's.
    public func writeEvent(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("result", result)
            writer.member("was_cancelled", wasCancelled)
            writer.member("ground_truth", groundTruth)
            writer.member("created_at", createdAt)
            writer.member("updated_at", updatedAt)
            writer.member("draft_created_at", draftCreatedAt)
            writer.member("lead_time", leadTime)
            writer.key("prediction")
            writer.object { _ in }
            writer.member("result_count", resultCount)
            writer.member("unique_id", uniqueID)
            writer.member("import_id", importID)
            writer.member("last_action", lastAction)
            writer.member("bulk_created", false)
            writer.member("task", task)
            writer.member("project", project)
            writer.member("completed_by", completedBy)
            writer.member("updated_by", updatedBy)
            writer.member("parent_prediction", parentPrediction)
            writer.member("parent_annotation", parentAnnotation)
            writer.member("last_created_by", completedBy)
        }
    }
}

extension LabelingTask {
    /// Label Studio's task inside the payload of an event; `more` writes further members.
    public func writeEvent(
        to writer: inout JSONWriter,
        _ more: (inout JSONWriter) -> Void = { _ in }
    ) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("data", data)
            writer.member("meta", meta)
            writer.member("created_at", createdAt)
            writer.member("updated_at", updatedAt)
            writer.member("is_labeled", isLabeled)
            writer.member("allow_skip", allowSkip)
            writer.member("overlap", overlap)
            writer.member("inner_id", innerID)
            writer.member("total_annotations", totalAnnotations)
            writer.member("cancelled_annotations", cancelledAnnotations)
            writer.member("total_predictions", totalPredictions)
            writer.nullMember("precomputed_agreement")
            writer.member("comment_count", Int(0))
            writer.member("unresolved_comment_count", Int(0))
            writer.nullMember("last_comment_updated_at")
            writer.member("project", project)
            writer.member("updated_by", updatedBy)
            writer.member("file_upload", fileUpload)
            writer.key("comment_authors")
            writer.array { _ in }
            more(&writer)
        }
    }
}
