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

    /// What an administrator grants, the version that a project would go back to, and the last
    /// report of each version.
    static let pluginUpgrades = """
        ALTER TABLE plugin_decisions ADD COLUMN granted_isolation TEXT;
        ALTER TABLE plugin_decisions ADD COLUMN granted_memory INTEGER;
        ALTER TABLE plugin_enablements ADD COLUMN previous_version TEXT;
        ALTER TABLE plugin_enablements ADD COLUMN previous_settings TEXT;

        CREATE INDEX plugin_enablements_by_plugin ON plugin_enablements (plugin_id);

        CREATE TABLE plugin_reports (
            plugin_id TEXT NOT NULL,
            version TEXT NOT NULL,
            report TEXT NOT NULL,
            made_at INTEGER NOT NULL,
            PRIMARY KEY (plugin_id, version)
        ) STRICT, WITHOUT ROWID;
        """
}
