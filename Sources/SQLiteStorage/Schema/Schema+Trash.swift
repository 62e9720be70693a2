extension Schema {
    /// One row of `trash` for each deletion, one of `trash_items` for each annotation or task of it,
    /// with the import that a task had come with: meanwhile it belongs to an import that is open for
    /// good and hides it.
    static let trash = """
        CREATE TABLE trash (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
            kind TEXT NOT NULL,
            deleted_by INTEGER NOT NULL,
            deleted_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX trash_by_project ON trash(project_id, id);
        CREATE INDEX trash_by_moment ON trash(deleted_at);

        CREATE TABLE trash_items (
            trash_id INTEGER NOT NULL REFERENCES trash ON DELETE CASCADE,
            item_id INTEGER NOT NULL,
            import_id INTEGER,
            PRIMARY KEY (trash_id, item_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX trash_items_by_item ON trash_items(item_id);
        """
}
