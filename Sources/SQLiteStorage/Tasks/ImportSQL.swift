/// The statements about imports.
enum ImportSQL {
    static let begin = SQLText(
        "INSERT INTO imports(project_id, user_id, instance) VALUES (?, ?, ?)"
    )
    static let open = SQLText("INSERT INTO open_imports(id) VALUES (?)")
    static let close = SQLText("DELETE FROM open_imports WHERE id = ?")
    /// Numbers committed imports in the order of their commits, for the queue to find new ones.
    static let number = SQLText(
        """
        UPDATE imports SET commit_number = 1 + (
            SELECT ifnull(max(commit_number), 0) FROM imports i
            WHERE i.project_id = imports.project_id)
        WHERE id = ?
        """
    )
    static let state = SQLText(
        """
        SELECT i.project_id, i.user_id, ifnull(i.first_task_id, 0), ifnull(i.last_task_id, 0),
            i.tasks, i.finished_tasks, i.tasks_with_annotations, i.annotations,
            i.useful_annotations, i.ground_truths, i.skipped_annotations, i.predictions
        FROM imports i JOIN open_imports o ON o.id = i.id WHERE i.id = ? AND i.instance = ?
        """
    )
    static let add = SQLText(
        """
        UPDATE imports SET first_task_id = ifnull(first_task_id, ?),
            last_task_id = ifnull(?, last_task_id), tasks = tasks + ?,
            finished_tasks = finished_tasks + ?,
            tasks_with_annotations = tasks_with_annotations + ?, annotations = annotations + ?,
            useful_annotations = useful_annotations + ?, ground_truths = ground_truths + ?,
            skipped_annotations = skipped_annotations + ?, predictions = predictions + ?
        WHERE id = ?
        """
    )
    static let abandon = SQLText(
        """
        UPDATE imports SET instance = 0
        WHERE id = ? AND instance = ? AND id IN (SELECT id FROM open_imports)
        """
    )
    static let delete = SQLText("DELETE FROM imports WHERE id = ?")
    static let deleteArrivingProject = SQLText(
        "DELETE FROM projects WHERE id IN (SELECT id FROM hidden_projects WHERE import_id = ?)"
    )
    static let allOpen = SQLText(
        """
        SELECT i.id, i.instance FROM imports i JOIN open_imports o ON o.id = i.id
        WHERE i.instance <> \(TrashSQL.instance) ORDER BY i.id
        """
    )
    /// Committed after a number, in order: where their tasks lie.
    static let committedSince = SQLText(
        """
        SELECT commit_number, ifnull(first_task_id, 0), ifnull(last_task_id, 0) FROM imports
        WHERE project_id = ? AND commit_number > ? ORDER BY commit_number
        """
    )
}
