import Contracts
import LabelModel
import ValueTree

/// An annotation as clients and files write it.
struct AnnotationFields {
    private let fields: BodyFields

    init(_ fields: BodyFields) {
        self.fields = fields
    }

    /// An annotation that a client submits.
    func newAnnotation(wasCancelled: Bool?) throws(ServiceError) -> NewAnnotation {
        var annotation = try base()
        annotation.uniqueID = try fields.uuid("unique_id")
        let isCancelled = try fields.bool("was_cancelled") ?? false
        annotation.wasCancelled = wasCancelled ?? isCancelled
        annotation.groundTruth = try fields.bool("ground_truth") ?? false
        annotation.completedBy = try fields.integer("completed_by").map { UserID($0) }
        annotation.parentPrediction =
            try fields.integer("parent_prediction").map { PredictionID($0) }
        annotation.parentAnnotation =
            try fields.integer("parent_annotation").map { AnnotationID($0) }
        annotation.draft = try fields.integer("draft_id").map { DraftID($0) }
        return annotation
    }

    /// An annotation inside a task that is imported.
    ///
    /// Whose it is, the importer finds out.
    func importedAnnotation() throws(ServiceError) -> NewAnnotation {
        var annotation = try base()
        annotation.wasCancelled = try fields.bool("was_cancelled") ?? false
        // As in Label Studio: what comes with a task counts as right unless it says otherwise.
        annotation.groundTruth = try fields.bool("ground_truth") ?? true
        annotation.importID = fields.value("id")?.int64
        annotation.lastAction = "imported"
        return annotation
    }

    /// What a client wants changed.
    func changes() throws(ServiceError) -> AnnotationChanges {
        var changes = AnnotationChanges()
        if let result = fields.value("result") {
            changes.result = RawJSON(checked: result.rawBytes)
            changes.resultCount = Int64(result.count)
        }
        changes.wasCancelled = try fields.bool("was_cancelled")
        changes.groundTruth = try fields.bool("ground_truth")
        changes.leadTime = try leadTime()
        changes.lastAction = "updated"
        return changes
    }

    private func base() throws(ServiceError) -> NewAnnotation {
        let result = fields.value("result")
        var annotation = NewAnnotation(
            result: result.map { RawJSON(checked: $0.rawBytes) } ?? .emptyArray,
            resultCount: Int64(result?.count ?? 0)
        )
        annotation.leadTime = try leadTime()
        return annotation
    }

    private func leadTime() throws(ServiceError) -> Double? {
        guard let seconds = try fields.number("lead_time") else { return nil }
        // Clocks of clients go wrong; a wrong duration is no reason to lose work.
        return max(seconds, 0)
    }
}
