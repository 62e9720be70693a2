extension Schema {
    /// Projects that are not to be seen, a few at most: those that are being put together, with the
    /// import that hides their tasks, and those that lie in the trash.
    static let hiddenProjects = """
        CREATE TABLE hidden_projects (
            id INTEGER PRIMARY KEY REFERENCES projects ON DELETE CASCADE,
            import_id INTEGER
        ) STRICT;
        """
}
