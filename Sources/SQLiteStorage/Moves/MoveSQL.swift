import LabelModel

/// The statements about projects that move.
enum MoveSQL {
    static let lastInnerID = SQLText(
        "SELECT last_inner_id FROM project_counters WHERE project_id = ?"
    )
    static let configs = SQLText(
        """
        SELECT version, created_at, text FROM label_configs WHERE project_id = ? ORDER BY version
        """
    )
    static let tasks = SQLText(
        """
        SELECT \(LabelingTask.columns) FROM tasks t
        WHERE t.project_id = ?1 AND t.inner_id > ?2 AND \(LabelingTask.isVisible)
        ORDER BY t.inner_id LIMIT ?3
        """
    )
    static let versions = SQLText(
        """
        SELECT action, acted_by, acted_at, \(Annotation.columns) FROM annotation_versions
        WHERE task_id = ? ORDER BY number
        """
    )

    static let hide = SQLText("INSERT INTO hidden_projects(id, import_id) VALUES (?, ?)")
    static let show = SQLText("DELETE FROM hidden_projects WHERE id = ? AND import_id = ?")
    static let deleteConfigs = SQLText("DELETE FROM label_configs WHERE project_id = ?")
    static let setOrigin = SQLText(
        "UPDATE projects SET created_by = ?, created_at = ? WHERE id = ?"
    )
    static let insertFile = SQLText(
        """
        INSERT INTO file_uploads(project_id, user_id, path, byte_count, created_at)
        VALUES (?, ?, ?, ?, ?)
        """
    )
    static let insertView = SQLText(
        "INSERT INTO views(project_id, user_id, position, data) VALUES (?, ?, ?, ?)"
    )

    static let insertTask = SQLText(
        """
        INSERT INTO tasks(id, project_id, inner_id, import_id, is_labeled, overlap, allow_skip,
            total_annotations, cancelled_annotations, useful_annotations, ground_truths,
            total_predictions, revision, created_at, updated_at, updated_by, file_upload_id,
            data, meta)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    static let insertVersion = SQLText(
        """
        INSERT INTO annotation_versions(action, acted_by, acted_at, \(Annotation.columns))
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    static let insertDraft = SQLText(
        """
        INSERT INTO drafts(task_id, project_id, user_id, annotation_id, result, lead_time,
            was_postponed, created_at, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    static let insertPrediction = SQLText(
        """
        INSERT INTO predictions(\(PredictionRow.columns)) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
}
