extension Schema {
    /// A lane is a project's deliveries to one webhook; it has a row while something waits in it,
    /// so that finding work does not step over a long line of deliveries behind a dead receiver.
    ///
    /// `payload` goes when the delivery has ended. New tasks are not in it: `first_task_id` and
    /// `last_task_id`, with the import that they came with, say which are read at the delivery.
    static let webhooks = """
        CREATE TABLE webhooks (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            project_id INTEGER REFERENCES projects ON DELETE CASCADE,
            url TEXT NOT NULL,
            sends_payload INTEGER NOT NULL,
            sends_all_actions INTEGER NOT NULL,
            headers TEXT NOT NULL,
            is_active INTEGER NOT NULL,
            actions TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX webhooks_by_project ON webhooks(project_id);

        CREATE TABLE deliveries (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            webhook_id INTEGER NOT NULL REFERENCES webhooks ON DELETE CASCADE,
            project_id INTEGER NOT NULL,
            action TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting',
            attempts INTEGER NOT NULL DEFAULT 0,
            tried_at INTEGER,
            status INTEGER,
            error TEXT,
            first_task_id INTEGER,
            last_task_id INTEGER,
            import_id INTEGER,
            payload TEXT
        ) STRICT;
        CREATE INDEX deliveries_by_webhook ON deliveries(webhook_id, id);
        CREATE INDEX waiting_deliveries
            ON deliveries(webhook_id, project_id, id) WHERE state = 'waiting';

        CREATE TABLE delivery_lanes (
            webhook_id INTEGER NOT NULL REFERENCES webhooks ON DELETE CASCADE,
            project_id INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            PRIMARY KEY (webhook_id, project_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX delivery_lanes_by_due ON delivery_lanes(due_at);
        """
}
