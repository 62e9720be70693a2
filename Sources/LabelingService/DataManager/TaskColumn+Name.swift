import Contracts

extension TaskColumn {
    private static let byName: [String: TaskColumn] = [
        "id": .id, "inner_id": .innerID, "completed_at": .completedAt,
        "total_annotations": .totalAnnotations,
        "cancelled_annotations": .cancelledAnnotations,
        "total_predictions": .totalPredictions, "annotators": .annotators,
        "annotations_results": .annotationResults, "annotations_ids": .annotationIDs,
        "predictions_score": .predictionScore,
        "predictions_model_versions": .predictionModelVersions,
        "predictions_results": .predictionResults, "file_upload": .fileUpload,
        "storage_filename": .storageFileName, "created_at": .createdAt,
        "updated_at": .updatedAt, "updated_by": .updatedBy, "avg_lead_time": .meanLeadTime,
        "draft_exists": .hasDrafts, "is_labeled": .isLabeled, "overlap": .overlap,
        // The name behind it, which some scripts use.
        "annotations__completed_by": .annotators,
    ]

    /// The column of a name as the data manager's filters and orders write it: `data.image`.
    ///
    /// nil when there is none.
    init?(name: some StringProtocol) {
        if name.hasPrefix("data.") {
            let path = String(name.dropFirst("data.".count))
            guard !path.isEmpty else { return nil }
            let names = path.utf8.split(
                separator: UInt8(ascii: "."),
                omittingEmptySubsequences: false
            )
            // What the path of a field cannot hold.
            guard names.allSatisfy({ !$0.isEmpty && !$0.contains(UInt8(ascii: "\"")) }) else {
                return nil
            }
            self = .data(names.map { String(decoding: $0, as: UTF8.self) })
            return
        }
        guard let column = Self.byName[String(name)] else { return nil }
        self = column
    }

    /// What a filter's value has to be, whatever type the filter says.
    enum ValueKind {
        case number, moment, bool, text
        /// Text, or what the type of the filter says.
        case any
        /// An id of a user or an annotation.
        case identifier
    }

    var valueKind: ValueKind {
        switch self {
        case .id, .innerID, .totalAnnotations, .cancelledAnnotations, .totalPredictions,
            .predictionScore, .meanLeadTime, .overlap:
            .number
        case .completedAt, .createdAt, .updatedAt: .moment
        case .hasDrafts, .isLabeled: .bool
        case .annotators, .annotationIDs, .updatedBy: .identifier
        case .annotationResults, .predictionResults, .predictionModelVersions, .fileUpload,
            .storageFileName:
            .text
        case .data: .any
        }
    }
}
