extension Schema {
    static let jobs = """
        CREATE TABLE jobs (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
            kind TEXT NOT NULL,
            parent_id INTEGER REFERENCES jobs ON DELETE CASCADE,
            user_id INTEGER NOT NULL,
            title TEXT NOT NULL,
            parameters TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            progress INTEGER NOT NULL DEFAULT 0,
            state TEXT NOT NULL DEFAULT 'created',
            instance INTEGER,
            changed_at INTEGER,
            outcome TEXT
        ) STRICT;
        CREATE INDEX jobs_by_project ON jobs(project_id, kind, id);
        CREATE INDEX jobs_by_parent ON jobs(parent_id) WHERE parent_id IS NOT NULL;
        CREATE INDEX open_jobs ON jobs(id) WHERE state IN ('created', 'running');
        """
}
