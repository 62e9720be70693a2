extension Schema {
    /// Each annotation rewrites its task's row, so long `data` lies beside it.
    ///
    /// `open_imports` holds the imports that are not committed; their tasks are invisible.
    /// `task_blocks` counts the visible tasks (`import_id` 0) of each 512 inner ids, so that a page
    /// is found by adding up blocks and not by stepping over rows. `imports` keeps what a commit
    /// has to add, and where the tasks of a committed import lie.
    static let tasks = """
        CREATE TABLE tasks (
            id INTEGER PRIMARY KEY,
            project_id INTEGER NOT NULL REFERENCES projects,
            inner_id INTEGER NOT NULL,
            import_id INTEGER,
            is_labeled INTEGER NOT NULL,
            overlap INTEGER NOT NULL,
            allow_skip INTEGER NOT NULL,
            total_annotations INTEGER NOT NULL,
            cancelled_annotations INTEGER NOT NULL,
            useful_annotations INTEGER NOT NULL,
            ground_truths INTEGER NOT NULL,
            total_predictions INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            updated_by INTEGER,
            file_upload_id INTEGER,
            data TEXT,
            meta TEXT
        ) STRICT;
        CREATE UNIQUE INDEX tasks_by_number ON tasks(project_id, inner_id);
        CREATE INDEX open_tasks ON tasks(project_id, id) WHERE is_labeled = 0;

        CREATE TABLE large_task_data (
            task_id INTEGER PRIMARY KEY REFERENCES tasks ON DELETE CASCADE,
            data TEXT NOT NULL
        ) STRICT;

        CREATE TABLE task_blocks (
            project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
            import_id INTEGER NOT NULL,
            block INTEGER NOT NULL,
            tasks INTEGER NOT NULL,
            PRIMARY KEY (project_id, import_id, block)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE imports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
            user_id INTEGER NOT NULL,
            instance INTEGER NOT NULL,
            commit_number INTEGER,
            first_task_id INTEGER,
            last_task_id INTEGER,
            tasks INTEGER NOT NULL DEFAULT 0,
            finished_tasks INTEGER NOT NULL DEFAULT 0,
            tasks_with_annotations INTEGER NOT NULL DEFAULT 0,
            annotations INTEGER NOT NULL DEFAULT 0,
            useful_annotations INTEGER NOT NULL DEFAULT 0,
            ground_truths INTEGER NOT NULL DEFAULT 0,
            skipped_annotations INTEGER NOT NULL DEFAULT 0,
            predictions INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE UNIQUE INDEX imports_by_commit ON imports(project_id, commit_number);

        CREATE TABLE open_imports (
            id INTEGER PRIMARY KEY REFERENCES imports ON DELETE CASCADE
        ) STRICT;
        """
}
