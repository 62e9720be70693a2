internal import LabelModel

extension LabelingTask {
    /// Label Studio's TaskSimple: the task without what the data manager adds; `more` writes
    /// further members.
    func writeSimple(
        to writer: inout JSONWriter,
        _ more: (inout JSONWriter) -> Void = { _ in }
    ) {
        writer.object { writer in
            writeCommon(to: &writer, data: data)
            writer.member("updated_by", updatedBy)
            writer.member("file_upload", fileUpload)
            more(&writer)
        }
    }

    /// Label Studio's task of the data manager.
    ///
    /// `annotators` annotated or skipped it, `fileName` is that of the upload that it came from,
    /// `summary` tells of its answers where they were read, `more` writes further members.
    ///
    /// Objects of clouds are named by addresses of this server, unless `resolvesMedia` is false.
    func writeListed(
        to writer: inout JSONWriter,
        annotators: [UserID],
        fileName: String?,
        summary: AnswerSummary? = nil,
        resolvesMedia: Bool = true,
        _ more: (inout JSONWriter) -> Void
    ) {
        writer.object { writer in
            writeCommon(
                to: &writer,
                data: resolvesMedia ? CloudReference.resolved(data, of: id) : data
            )
            writer.key("updated_by")
            writer.array { writer in
                if let updatedBy { writer.object { $0.member("user_id", updatedBy) } }
            }
            writer.member("file_upload", fileName)
            writer.nullMember("storage_filename")
            writer.key("annotators")
            writer.identifiers(annotators)
            writer.member("annotations_results", summary?.annotationResults ?? "")
            writer.member("predictions_results", summary?.predictionResults ?? "")
            writer.member("annotations_ids", summary?.annotationIDs ?? "")
            writer.member("predictions_model_versions", summary?.modelVersions ?? "")
            if let summary {
                writer.member("completed_at", summary.completedAt)
                writer.member("predictions_score", summary.predictionScore)
                writer.member("avg_lead_time", summary.meanLeadTime)
                writer.member("draft_exists", summary.hasDrafts)
            }
            more(&writer)
        }
    }

    private func writeCommon(to writer: inout JSONWriter, data: RawJSON) {
        writer.member("id", id)
        writer.member("data", data)
        writer.member("meta", meta)
        writer.member("created_at", createdAt)
        writer.member("updated_at", updatedAt)
        writer.member("is_labeled", isLabeled)
        writer.member("overlap", overlap)
        writer.member("inner_id", innerID)
        writer.member("total_annotations", totalAnnotations)
        writer.member("cancelled_annotations", cancelledAnnotations)
        writer.member("total_predictions", totalPredictions)
        writer.member("comment_count", Int(0))
        writer.member("unresolved_comment_count", Int(0))
        writer.nullMember("last_comment_updated_at")
        writer.key("comment_authors")
        writer.array { _ in }
        writer.member("project", project)
        writer.member("allow_skip", allowSkip)
    }
}
