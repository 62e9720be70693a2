import LabelModel

/// The statements about projects.
enum ProjectSQL {
    static let insert = SQLText(
        """
        INSERT INTO projects(created_by, created_at, updated_at, config_version, title,
            description, expert_instruction, show_instruction, color, maximum_annotations,
            overlap_cohort_percentage, sampling, skip_queue, show_skip_button,
            enable_empty_annotation, show_annotation_history, show_collab_predictions,
            show_ground_truth_first, show_overlap_first, evaluate_predictions_automatically,
            reveal_preannotations_interactively, is_published, is_draft, model_version,
            min_annotations_to_start_training, pinned_at, archived_at)
        VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    static let update = SQLText(
        """
        UPDATE projects SET updated_at = ?, config_version = ?, title = ?, description = ?,
            expert_instruction = ?, show_instruction = ?, color = ?, maximum_annotations = ?,
            overlap_cohort_percentage = ?, sampling = ?, skip_queue = ?, show_skip_button = ?,
            enable_empty_annotation = ?, show_annotation_history = ?,
            show_collab_predictions = ?, show_ground_truth_first = ?, show_overlap_first = ?,
            evaluate_predictions_automatically = ?, reveal_preannotations_interactively = ?,
            is_published = ?, is_draft = ?, model_version = ?,
            min_annotations_to_start_training = ?, pinned_at = ?, archived_at = ?
        WHERE id = ?
        """
    )
    static let insertCounters = SQLText("INSERT INTO project_counters(project_id) VALUES (?)")
    static let insertConfig = SQLText(
        "INSERT INTO label_configs(project_id, version, created_at, text) VALUES (?, ?, ?, ?)"
    )
    static let config = SQLText(
        "SELECT text FROM label_configs WHERE project_id = ? AND version = ?"
    )
    static let byID = SQLText(
        "SELECT \(Project.columns) FROM \(Project.source) WHERE p.id = ? AND \(Project.isVisible)"
    )
    static let exists = SQLText(
        "SELECT 1 FROM projects p WHERE p.id = ? AND \(Project.isVisible)"
    )

    /// `?1` is a LIKE pattern, `?2` a JSON array of ids or null for all, `?3` says which pinned
    /// ones, `?4` whether archived ones, or null for both.
    private static let isWanted = """
        p.title LIKE ?1 ESCAPE '\\' AND \(Project.isVisible)
        AND (?2 IS NULL OR p.id IN (SELECT value FROM json_each(?2)))
        AND (?3 = 'all' OR (p.pinned_at IS NULL) = (?3 = 'exclude_pinned'))
        AND (?4 IS NULL OR (p.archived_at IS NOT NULL) = ?4)
        """

    private static func sortKey(_ sign: String) -> String {
        """
        CASE ?5 WHEN '\(sign)id' THEN p.id WHEN '\(sign)created_at' THEN p.created_at
            WHEN '\(sign)task_number' THEN n.tasks
            WHEN '\(sign)finished_task_number' THEN n.finished_tasks END
        """
    }

    /// `?5` is the order, with a minus before it for the other way round, or empty.
    static let page = SQLText(
        """
        SELECT \(Project.columns) FROM \(Project.source) WHERE \(isWanted)
        ORDER BY ?5 = '' AND p.pinned_at IS NULL, CASE ?5 WHEN '' THEN p.pinned_at END DESC,
            CASE ?5 WHEN 'title' THEN p.title END COLLATE NOCASE,
            CASE ?5 WHEN '-title' THEN p.title END COLLATE NOCASE DESC,
            \(sortKey("")), \(sortKey("-")) DESC, p.created_at DESC, p.id DESC
        LIMIT ?6 OFFSET ?7
        """
    )
    /// Projects are few: counting them costs less than keeping a count.
    static let count = SQLText("SELECT count(*) FROM projects p WHERE \(isWanted)")
    static let deleteTasks = SQLText("DELETE FROM tasks WHERE project_id = ?")
    static let delete = SQLText("DELETE FROM projects WHERE id = ?")

    /// Applies a changed overlap where nobody has annotated yet.
    ///
    /// `?2` is the full overlap, `?3` the percentage of tasks that get it; the rule is that of
    /// `overlap(innerID:)`.
    static let applyOverlap = SQLText(
        """
        UPDATE tasks SET revision = revision + 1, overlap =
            iif(inner_id * ?3 / 100 > (inner_id - 1) * ?3 / 100, ?2, 1)
        WHERE project_id = ?1 AND total_annotations = 0 AND cancelled_annotations = 0
        """
    )
    /// Decides anew which tasks are labeled.
    ///
    /// `?2` says whether a skip counts as an answer.
    static let decideLabeled = SQLText(
        """
        UPDATE tasks SET is_labeled = overlap <= (
            SELECT count(DISTINCT a.completed_by) FROM annotations a
            WHERE a.task_id = tasks.id AND (?2 OR a.was_cancelled = 0))
        WHERE project_id = ?1 AND (total_annotations > 0 OR cancelled_annotations > 0)
        """
    )
    static let recountFinished = SQLText(
        """
        UPDATE project_counters SET finished_tasks = (
            SELECT count(*) FROM tasks t WHERE t.project_id = ?1 AND t.is_labeled = 1
                AND NOT EXISTS (SELECT 1 FROM open_imports o WHERE o.id = t.import_id))
        WHERE project_id = ?1
        """
    )
    static let recountFinishedOfOpenImports = SQLText(
        """
        UPDATE imports SET finished_tasks = (
            SELECT count(*) FROM tasks t WHERE t.import_id = imports.id AND t.is_labeled = 1
                AND t.id BETWEEN imports.first_task_id AND imports.last_task_id)
        WHERE project_id = ? AND id IN (SELECT id FROM open_imports)
        """
    )
    static let addToCounters = SQLText(
        """
        UPDATE project_counters SET tasks = tasks + ?, finished_tasks = finished_tasks + ?,
            tasks_with_annotations = tasks_with_annotations + ?, annotations = annotations + ?,
            useful_annotations = useful_annotations + ?, ground_truths = ground_truths + ?,
            skipped_annotations = skipped_annotations + ?, predictions = predictions + ?
        WHERE project_id = ?
        """
    )
}
