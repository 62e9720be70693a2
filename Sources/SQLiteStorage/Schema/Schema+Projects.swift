extension Schema {
    /// Counters are apart from settings: they change with each annotation, and a row is written
    /// whole.
    static let projects = """
        CREATE TABLE projects (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            config_version INTEGER NOT NULL,
            maximum_annotations INTEGER NOT NULL,
            overlap_cohort_percentage INTEGER NOT NULL,
            sampling TEXT NOT NULL,
            skip_queue TEXT NOT NULL,
            created_by INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            pinned_at INTEGER,
            title TEXT NOT NULL,
            color TEXT NOT NULL,
            model_version TEXT NOT NULL,
            show_instruction INTEGER NOT NULL,
            show_skip_button INTEGER NOT NULL,
            enable_empty_annotation INTEGER NOT NULL,
            show_annotation_history INTEGER NOT NULL,
            show_collab_predictions INTEGER NOT NULL,
            show_ground_truth_first INTEGER NOT NULL,
            show_overlap_first INTEGER NOT NULL,
            evaluate_predictions_automatically INTEGER NOT NULL,
            reveal_preannotations_interactively INTEGER NOT NULL,
            is_published INTEGER NOT NULL,
            is_draft INTEGER NOT NULL,
            min_annotations_to_start_training INTEGER NOT NULL,
            description TEXT NOT NULL,
            expert_instruction TEXT NOT NULL
        ) STRICT;

        CREATE TABLE label_configs (
            project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
            version INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            text TEXT NOT NULL,
            PRIMARY KEY (project_id, version)
        ) STRICT;

        CREATE TABLE project_counters (
            project_id INTEGER PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
            last_inner_id INTEGER NOT NULL DEFAULT 0,
            tasks INTEGER NOT NULL DEFAULT 0,
            finished_tasks INTEGER NOT NULL DEFAULT 0,
            tasks_with_annotations INTEGER NOT NULL DEFAULT 0,
            annotations INTEGER NOT NULL DEFAULT 0,
            useful_annotations INTEGER NOT NULL DEFAULT 0,
            ground_truths INTEGER NOT NULL DEFAULT 0,
            skipped_annotations INTEGER NOT NULL DEFAULT 0,
            predictions INTEGER NOT NULL DEFAULT 0
        ) STRICT;

        CREATE TABLE file_uploads (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
            user_id INTEGER NOT NULL,
            path TEXT NOT NULL,
            byte_count INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX file_uploads_by_project ON file_uploads(project_id);
        """

    static let projectArchiving = "ALTER TABLE projects ADD COLUMN archived_at INTEGER"
}
