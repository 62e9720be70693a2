import LabelModel

/// The statements that read and change tasks.
enum TaskSQL {
    /// Data of more bytes than this does not stand in the task's own row, which each annotation
    /// rewrites; half a page still leaves two tasks on one.
    static let inlineDataLimit = 1_900

    static let byID = SQLText(
        """
        SELECT \(LabelingTask.columns) FROM tasks t
        WHERE t.id = ? AND \(LabelingTask.isVisible)
        """
    )
    /// Ascending from an inner id on; `?3` rows skipped, `?4` returned.
    static let pageAscending = SQLText(
        """
        SELECT \(LabelingTask.columns) FROM tasks t
        WHERE t.project_id = ?1 AND t.inner_id >= ?2 AND \(LabelingTask.isVisible)
        ORDER BY t.inner_id LIMIT ?4 OFFSET ?3
        """
    )
    /// Descending from an inner id on.
    static let pageDescending = SQLText(
        """
        SELECT \(LabelingTask.columns) FROM tasks t
        WHERE t.project_id = ?1 AND t.inner_id <= ?2 AND \(LabelingTask.isVisible)
        ORDER BY t.inner_id DESC LIMIT ?4 OFFSET ?3
        """
    )
    static let annotators = SQLText(
        "SELECT DISTINCT completed_by FROM annotations WHERE task_id = ? ORDER BY completed_by"
    )

    static let insert = SQLText(
        """
        INSERT INTO tasks(id, project_id, inner_id, import_id, is_labeled, overlap, allow_skip,
            total_annotations, cancelled_annotations, useful_annotations, ground_truths,
            total_predictions, revision, created_at, updated_at, updated_by, file_upload_id,
            data, meta)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?, ?, ?)
        """
    )
    static let insertLargeData = SQLText(
        "INSERT OR REPLACE INTO large_task_data(task_id, data) VALUES (?, ?)"
    )
    static let deleteLargeData = SQLText("DELETE FROM large_task_data WHERE task_id = ?")
    static let setData = SQLText("UPDATE tasks SET data = ? WHERE id = ?")
    static let change = SQLText(
        """
        UPDATE tasks SET meta = ifnull(?, meta), overlap = ifnull(?, overlap),
            allow_skip = ifnull(?, allow_skip), updated_at = ?, updated_by = ?,
            revision = revision + 1
        WHERE id = ?
        """
    )

    /// What inserting into a project needs to know of it.
    static let destination = SQLText(
        """
        SELECT n.last_inner_id, p.config_version, p.maximum_annotations,
            p.overlap_cohort_percentage
        FROM projects p JOIN project_counters n ON n.project_id = p.id
        WHERE p.id = ? AND \(Project.isVisible)
        """
    )
    static let setLastInnerID = SQLText(
        "UPDATE project_counters SET last_inner_id = ? WHERE project_id = ?"
    )
}
