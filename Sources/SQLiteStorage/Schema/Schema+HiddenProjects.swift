extension Schema {
    /// Projects that are not to be seen, almost always none: those that are being put together,
    /// with the import that hides their tasks.
    static let hiddenProjects = """
        CREATE TABLE hidden_projects (
            id INTEGER PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
            import_id INTEGER
        ) STRICT;
        """
}
