extension Schema {
    static let people = """
        CREATE TABLE identifier_sequences (
            id INTEGER PRIMARY KEY,
            last INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE users (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            email TEXT NOT NULL UNIQUE,
            username TEXT NOT NULL,
            first_name TEXT NOT NULL,
            last_name TEXT NOT NULL,
            phone TEXT NOT NULL,
            role TEXT NOT NULL,
            is_active INTEGER NOT NULL,
            joined_at INTEGER NOT NULL,
            last_activity_at INTEGER NOT NULL,
            password_hash TEXT,
            token_digest BLOB NOT NULL UNIQUE
        ) STRICT;

        CREATE TABLE sessions (
            digest BLOB NOT NULL PRIMARY KEY,
            user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            csrf_token TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sessions_by_user ON sessions(user_id);

        CREATE TABLE sign_in_links (
            digest BLOB NOT NULL PRIMARY KEY,
            user_id INTEGER NOT NULL REFERENCES users ON DELETE CASCADE,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sign_in_links_by_user ON sign_in_links(user_id);
        """
}
