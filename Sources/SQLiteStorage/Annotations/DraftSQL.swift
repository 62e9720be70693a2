import LabelModel

/// The statements about drafts.
enum DraftSQL {
    static let columns = """
        id, task_id, project_id, user_id, annotation_id, result, lead_time, was_postponed, \
        created_at, updated_at
        """

    static let save = SQLText(
        """
        INSERT INTO drafts(task_id, project_id, user_id, annotation_id, result, lead_time,
            was_postponed, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(task_id, user_id, ifnull(annotation_id, 0)) DO UPDATE SET
            result = excluded.result, lead_time = excluded.lead_time,
            was_postponed = excluded.was_postponed, updated_at = excluded.updated_at
        RETURNING \(columns)
        """
    )
    static let byID = SQLText("SELECT \(columns) FROM drafts WHERE id = ?")
    static let update = SQLText(
        """
        UPDATE drafts SET result = ifnull(?, result), lead_time = ifnull(?, lead_time),
            was_postponed = ifnull(?, was_postponed), updated_at = ?
        WHERE id = ? RETURNING \(columns)
        """
    )
    static let replaceResult = SQLText(
        "UPDATE drafts SET result = ?3, updated_at = ?4 WHERE id = ?1 AND result = ?2"
    )
    static let delete = SQLText("DELETE FROM drafts WHERE id = ?")
    static let deleteOfAnnotation = SQLText(
        "DELETE FROM drafts WHERE task_id = ? AND annotation_id = ?"
    )
    /// Takes a draft that becomes an annotation of its task.
    static let take = SQLText(
        "DELETE FROM drafts WHERE id = ? AND task_id = ? RETURNING created_at"
    )
    static let ofTask = SQLText("SELECT \(columns) FROM drafts WHERE task_id = ? ORDER BY id")
    static let ofTaskAndUser = SQLText(
        "SELECT \(columns) FROM drafts WHERE task_id = ? AND user_id = ? ORDER BY id"
    )
}
