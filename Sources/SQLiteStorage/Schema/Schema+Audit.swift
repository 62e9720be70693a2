extension Schema {
    /// Entries outlive the projects and users that they are about, so nothing refers to those.
    static let audit = """
        CREATE TABLE audit_entries (
            sequence INTEGER PRIMARY KEY,
            at INTEGER NOT NULL,
            user_id INTEGER,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            project_id INTEGER,
            detail TEXT NOT NULL,
            previous_hash BLOB NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;

        CREATE INDEX audit_entries_by_subject ON audit_entries (subject, sequence);
        CREATE INDEX audit_entries_by_project ON audit_entries (project_id, sequence)
            WHERE project_id IS NOT NULL;

        CREATE TRIGGER audit_entries_come_last BEFORE INSERT ON audit_entries
        WHEN NEW.sequence <> (SELECT ifnull(max(sequence), 0) + 1 FROM audit_entries)
        BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END;

        CREATE TRIGGER audit_entries_stay BEFORE DELETE ON audit_entries
        BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END;

        CREATE TRIGGER audit_entries_stay_as_they_are BEFORE UPDATE ON audit_entries
        BEGIN
            SELECT RAISE(ABORT, 'the audit log is append-only');
        END;
        """
}
