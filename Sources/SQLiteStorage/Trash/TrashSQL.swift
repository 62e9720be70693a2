import LabelModel

/// The statements about the trash.
enum TrashSQL {
    /// What stands in the place of an instance at the import that hides a project's trash: no
    /// program has that number, and nobody undoes it.
    static let instance: Int64 = -1

    static let begin = SQLText(
        "INSERT INTO trash(project_id, kind, deleted_by, deleted_at) VALUES (?, ?, ?, ?)"
    )
    static let add = SQLText(
        "INSERT INTO trash_items(trash_id, item_id, import_id) VALUES (?, ?, ?)"
    )
    static let remove = SQLText("DELETE FROM trash WHERE id = ?")
    static let items = SQLText(
        """
        SELECT item_id, import_id FROM trash_items WHERE trash_id = ? AND item_id > ?
        ORDER BY item_id LIMIT ?
        """
    )
    static let removeItem = SQLText("DELETE FROM trash_items WHERE trash_id = ? AND item_id = ?")
    static let isThere = SQLText(
        "SELECT 1 FROM trash WHERE id = ? AND project_id = ? AND kind = ?"
    )

    /// The inner id is that of the first task, or that of the first annotation's.
    private static let columns = """
        x.id, x.project_id, p.title, x.kind,
        (SELECT count(*) FROM trash_items i WHERE i.trash_id = x.id),
        (SELECT min(i.item_id) FROM trash_items i WHERE i.trash_id = x.id),
        iif(x.kind = 'tasks',
            (SELECT t.inner_id FROM tasks t WHERE t.id = (
                SELECT min(i.item_id) FROM trash_items i WHERE i.trash_id = x.id)),
            (SELECT t.inner_id FROM annotation_versions v JOIN tasks t ON t.id = v.task_id
            WHERE v.id = (SELECT min(i.item_id) FROM trash_items i WHERE i.trash_id = x.id)
            LIMIT 1)),
        x.deleted_by, x.deleted_at
        FROM trash x JOIN projects p ON p.id = x.project_id
        """
    static let byID = SQLText("SELECT \(columns) WHERE x.id = ?")
    static let ofProject = SQLText(
        """
        SELECT \(columns) WHERE x.project_id = ? AND x.kind <> 'project' AND x.id < ?
        ORDER BY x.id DESC LIMIT ?
        """
    )
    static let projects = SQLText("SELECT \(columns) WHERE x.kind = 'project' ORDER BY x.id DESC")
    static let before = SQLText(
        "SELECT \(columns) WHERE x.deleted_at < ? ORDER BY x.deleted_at LIMIT ?"
    )

    // MARK: Tasks

    static let hidingImport = SQLText(
        "SELECT id FROM imports WHERE project_id = ? AND instance = \(instance)"
    )
    static let task = SQLText("SELECT inner_id, import_id FROM tasks WHERE id = ?")
    static let setImport = SQLText("UPDATE tasks SET import_id = ? WHERE id = ?")
    static let deleteTask = SQLText("DELETE FROM tasks WHERE id = ?")
    static let someVisible = SQLText(
        """
        SELECT t.id FROM tasks t WHERE t.project_id = ? AND \(LabelingTask.isVisible)
        ORDER BY t.inner_id LIMIT ?
        """
    )
    /// Annotations of a task that lie in the trash by themselves.
    static let forgetAnnotationsOfTask = SQLText(
        """
        DELETE FROM trash_items WHERE item_id IN (
            SELECT v.id FROM annotation_versions v WHERE v.task_id = ?1 AND v.action = 'deleted')
            AND trash_id IN (SELECT x.id FROM trash x WHERE x.project_id = ?2
                AND x.kind = 'annotations')
        """
    )
    static let removeEmpty = SQLText(
        """
        DELETE FROM trash WHERE project_id = ? AND kind <> 'project'
            AND NOT EXISTS (SELECT 1 FROM trash_items i WHERE i.trash_id = trash.id)
        """
    )

    // MARK: Annotations

    static let lastVersion = SQLText(
        """
        SELECT action, acted_by, acted_at, \(Annotation.columns) FROM annotation_versions
        WHERE id = ? ORDER BY number DESC LIMIT 1
        """
    )
    static let deleteHistory = SQLText("DELETE FROM annotation_versions WHERE id = ?")

    // MARK: Projects

    static let creator = SQLText("SELECT created_by FROM projects WHERE id = ?")
    static let hideProject = SQLText("INSERT INTO hidden_projects(id) VALUES (?)")
    static let showProject = SQLText(
        "DELETE FROM hidden_projects WHERE id = ? AND import_id IS NULL"
    )
}
