import LabelModel

/// The statements about annotations.
enum AnnotationSQL {
    /// Annotations of a task that an open import hides are not there.
    static let byID = SQLText(
        """
        SELECT \(Annotation.columns) FROM annotations a WHERE a.id = ?
            AND EXISTS (SELECT 1 FROM tasks t
                WHERE t.id = a.task_id AND \(LabelingTask.isVisible))
        """
    )
    static let byUniqueID = SQLText(
        "SELECT \(Annotation.columns) FROM annotations WHERE unique_id = ?"
    )
    static let ofTask = SQLText(
        """
        SELECT \(Annotation.columns) FROM annotations a WHERE a.task_id = ?
            AND EXISTS (SELECT 1 FROM tasks t
                WHERE t.id = a.task_id AND \(LabelingTask.isVisible))
        ORDER BY a.id
        """
    )
    static let update = SQLText(
        """
        UPDATE annotations SET result = ?, result_count = ?, was_cancelled = ?, ground_truth = ?,
            lead_time = ?, last_action = ?, updated_at = ?, updated_by = ?, config_version = ?,
            revision = ?
        WHERE id = ?
        """
    )
    static let otherGroundTruths = SQLText(
        """
        SELECT \(Annotation.columns) FROM annotations
        WHERE task_id = ? AND ground_truth = 1 AND id <> ?
        """
    )
    static let delete = SQLText("DELETE FROM annotations WHERE id = ?")

    /// Keeps the state that an annotation is about to leave.
    ///
    /// The first state was created, one behind a deletion restored, each other one updated.
    static let keepVersion = SQLText(
        """
        INSERT INTO annotation_versions(action, acted_by, acted_at, \(Annotation.columns))
        SELECT iif(revision = 1, 'created', iif(EXISTS (
                SELECT 1 FROM annotation_versions v WHERE v.id = annotations.id
                    AND v.action = 'deleted' AND v.revision = annotations.revision - 1),
                'restored', 'updated')),
            ifnull(updated_by, completed_by), updated_at, \(Annotation.columns)
        FROM annotations WHERE id = ?
        """
    )
    static let keepDeletion = SQLText(
        """
        INSERT INTO annotation_versions(action, acted_by, acted_at, \(Annotation.columns))
        SELECT 'deleted', ?2, ?3, \(Annotation.columns) FROM annotations WHERE id = ?1
        """
    )
    static let versions = SQLText(
        """
        SELECT action, acted_by, acted_at, \(Annotation.columns) FROM annotation_versions
        WHERE id = ? ORDER BY number
        """
    )
}
