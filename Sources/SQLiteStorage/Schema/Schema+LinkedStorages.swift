extension Schema {
    /// `storage_objects` remembers the objects that became tasks, with the tag that each had, and
    /// those that were written, with the revision of their annotation.
    static let linkedStorages = """
        CREATE TABLE linked_storages (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id INTEGER NOT NULL REFERENCES projects ON DELETE CASCADE,
            direction TEXT NOT NULL,
            kind TEXT NOT NULL,
            title TEXT,
            description TEXT,
            path TEXT NOT NULL,
            bucket TEXT NOT NULL,
            prefix TEXT NOT NULL,
            endpoint TEXT,
            region TEXT NOT NULL,
            access_key TEXT NOT NULL,
            secret_key TEXT NOT NULL,
            session_token TEXT NOT NULL,
            encryption_key TEXT NOT NULL,
            key_pattern TEXT,
            uses_object_addresses INTEGER NOT NULL,
            is_recursive INTEGER NOT NULL,
            is_synchronizable INTEGER NOT NULL,
            presigns INTEGER NOT NULL,
            presign_minutes INTEGER NOT NULL,
            deletes_objects INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            sync_status TEXT NOT NULL DEFAULT 'initialized',
            sync_error TEXT,
            sync_finished_at INTEGER,
            sync_count INTEGER,
            sync_known INTEGER NOT NULL DEFAULT 0,
            sync_begun_at INTEGER,
            sync_attempts INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX linked_storages_by_project ON linked_storages(project_id);

        CREATE TABLE storage_objects (
            storage_id INTEGER NOT NULL REFERENCES linked_storages ON DELETE CASCADE,
            key TEXT NOT NULL,
            tag TEXT NOT NULL,
            PRIMARY KEY (storage_id, key)
        ) STRICT, WITHOUT ROWID;
        """
}
