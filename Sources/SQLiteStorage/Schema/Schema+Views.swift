extension Schema {
    static let views = """
        CREATE TABLE views (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
            user_id INTEGER NOT NULL,
            position INTEGER NOT NULL,
            data TEXT NOT NULL
        ) STRICT;
        CREATE INDEX views_by_project ON views(project_id, position, id);
        CREATE INDEX predictions_by_version ON predictions(project_id, model_version);
        """
}
