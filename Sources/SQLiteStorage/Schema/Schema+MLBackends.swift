extension Schema {
    static let mlBackends = """
        CREATE TABLE ml_backends (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
            url TEXT NOT NULL,
            title TEXT NOT NULL,
            description TEXT NOT NULL,
            is_interactive INTEGER NOT NULL,
            uses_basic_auth INTEGER NOT NULL,
            user TEXT NOT NULL,
            password TEXT NOT NULL,
            extra_parameters TEXT,
            timeout_seconds REAL NOT NULL,
            updates_model_version INTEGER NOT NULL,
            state TEXT NOT NULL,
            error TEXT,
            model_version TEXT,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX ml_backends_by_project ON ml_backends(project_id);
        """
}
