extension Schema {
    static let plugins = """
        CREATE TABLE plugin_decisions (
            plugin_id TEXT NOT NULL,
            version TEXT NOT NULL,
            verdict TEXT NOT NULL,
            reason TEXT,
            decided_by INTEGER,
            decided_at INTEGER NOT NULL,
            PRIMARY KEY (plugin_id, version)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE plugin_enablements (
            project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
            plugin_id TEXT NOT NULL,
            version TEXT NOT NULL,
            is_enabled INTEGER NOT NULL,
            settings TEXT NOT NULL,
            updated_by INTEGER,
            updated_at INTEGER NOT NULL,
            PRIMARY KEY (project_id, plugin_id)
        ) STRICT, WITHOUT ROWID;
        """
}
