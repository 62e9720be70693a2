extension Schema {
    /// Labels that people share between projects, and which controls use them.
    static let labels = """
        CREATE TABLE labels (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            value TEXT NOT NULL,
            title TEXT NOT NULL,
            description TEXT,
            is_approved INTEGER NOT NULL,
            created_by INTEGER NOT NULL,
            approved_by INTEGER,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX labels_by_value ON labels(value, title);

        CREATE TABLE label_links (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
            label_id INTEGER NOT NULL REFERENCES labels ON DELETE CASCADE,
            from_name TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX label_links_by_project ON label_links(project_id, label_id, from_name);
        CREATE INDEX label_links_by_label ON label_links(label_id);
        """
}
