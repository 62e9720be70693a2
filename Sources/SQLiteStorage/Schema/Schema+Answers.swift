extension Schema {
    /// An annotation's present state is in `annotations`; each state that it left, and the one in
    /// which it was deleted, is in `annotation_versions`.
    static let answers = """
        CREATE TABLE annotations (
            id INTEGER PRIMARY KEY,
            unique_id BLOB NOT NULL,
            task_id INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
            project_id INTEGER NOT NULL,
            completed_by INTEGER NOT NULL,
            result_count INTEGER NOT NULL,
            was_cancelled INTEGER NOT NULL,
            ground_truth INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            updated_by INTEGER,
            draft_created_at INTEGER,
            lead_time REAL,
            import_id INTEGER,
            last_action TEXT,
            parent_prediction INTEGER,
            parent_annotation INTEGER,
            config_version INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            result TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX annotations_by_unique_id ON annotations(unique_id);
        CREATE INDEX annotations_by_task
            ON annotations(task_id, completed_by, was_cancelled, ground_truth);
        CREATE INDEX skips_by_user
            ON annotations(project_id, completed_by, updated_at) WHERE was_cancelled = 1;

        CREATE TABLE annotation_versions (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            action TEXT NOT NULL,
            acted_by INTEGER NOT NULL,
            acted_at INTEGER NOT NULL,
            id INTEGER NOT NULL,
            unique_id BLOB NOT NULL,
            task_id INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
            project_id INTEGER NOT NULL,
            completed_by INTEGER NOT NULL,
            result_count INTEGER NOT NULL,
            was_cancelled INTEGER NOT NULL,
            ground_truth INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            updated_by INTEGER,
            draft_created_at INTEGER,
            lead_time REAL,
            import_id INTEGER,
            last_action TEXT,
            parent_prediction INTEGER,
            parent_annotation INTEGER,
            config_version INTEGER NOT NULL,
            revision INTEGER NOT NULL,
            result TEXT NOT NULL
        ) STRICT;
        CREATE INDEX annotation_versions_by_annotation ON annotation_versions(id);
        CREATE INDEX annotation_versions_by_task ON annotation_versions(task_id);

        CREATE TABLE drafts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            task_id INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
            project_id INTEGER NOT NULL,
            user_id INTEGER NOT NULL,
            annotation_id INTEGER,
            lead_time REAL NOT NULL,
            was_postponed INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            result TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX drafts_by_task ON drafts(task_id, user_id, ifnull(annotation_id, 0));

        CREATE TABLE predictions (
            id INTEGER PRIMARY KEY,
            task_id INTEGER NOT NULL REFERENCES tasks ON DELETE CASCADE,
            project_id INTEGER NOT NULL,
            model_version TEXT NOT NULL,
            score REAL,
            misfit TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL,
            result TEXT NOT NULL
        ) STRICT;
        CREATE INDEX predictions_by_task ON predictions(task_id);
        CREATE INDEX predictions_by_project ON predictions(project_id, id);
        CREATE INDEX predictions_by_score
            ON predictions(project_id, score, id) WHERE score IS NOT NULL;
        """
}
