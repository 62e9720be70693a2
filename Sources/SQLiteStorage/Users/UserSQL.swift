import LabelModel

/// The statements about users.
enum UserSQL {
    static let insert = SQLText(
        """
        INSERT INTO users(email, username, first_name, last_name, phone, role, is_active,
            joined_at, last_activity_at, password_hash, token_digest)
        VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)
        """
    )
    static let all = SQLText("SELECT \(User.columns) FROM users ORDER BY id")
    static let byID = SQLText("SELECT \(User.columns) FROM users WHERE id = ?")
    static let byToken = SQLText("SELECT \(User.columns) FROM users WHERE token_digest = ?")
    static let credentials = SQLText(
        "SELECT \(User.columns), password_hash FROM users WHERE email = ?"
    )
    static let idByEmail = SQLText("SELECT id FROM users WHERE email = ?")
    static let update = SQLText(
        """
        UPDATE users SET
            first_name = ifnull(?, first_name),
            last_name = ifnull(?, last_name),
            username = ifnull(?, username),
            phone = ifnull(?, phone),
            role = ifnull(?, role),
            is_active = ifnull(?, is_active),
            password_hash = ifnull(?, password_hash)
        WHERE id = ?
        """
    )
    static let setToken = SQLText("UPDATE users SET token_digest = ? WHERE id = ?")
    static let deactivate = SQLText("UPDATE users SET is_active = 0 WHERE id = ?")
    static let delete = SQLText("DELETE FROM users WHERE id = ?")
    /// Looks where what a user did is kept; the large tables last.
    static let leftSomething = SQLText(
        """
        SELECT EXISTS (SELECT 1 FROM projects WHERE created_by = ?1)
            OR EXISTS (SELECT 1 FROM file_uploads WHERE user_id = ?1)
            OR EXISTS (SELECT 1 FROM drafts WHERE user_id = ?1)
            OR EXISTS (SELECT 1 FROM plugin_decisions WHERE decided_by = ?1)
            OR EXISTS (SELECT 1 FROM annotations WHERE completed_by = ?1 OR updated_by = ?1)
            OR EXISTS (SELECT 1 FROM annotation_versions WHERE acted_by = ?1)
            OR EXISTS (SELECT 1 FROM tasks WHERE updated_by = ?1)
        """
    )

    static let insertSession = SQLText(
        """
        INSERT INTO sessions(digest, user_id, csrf_token, created_at, expires_at)
        VALUES (?, ?, ?, ?, ?)
        """
    )
    static let session = SQLText(
        """
        SELECT user_id, csrf_token, created_at, expires_at FROM sessions WHERE digest = ?
        """
    )
    static let deleteSession = SQLText("DELETE FROM sessions WHERE digest = ?")
    static let deleteSessionsOfUser = SQLText("DELETE FROM sessions WHERE user_id = ?")
    static let deleteOldSessions = SQLText("DELETE FROM sessions WHERE expires_at <= ?")

    static let insertLink = SQLText(
        "INSERT INTO sign_in_links(digest, user_id, expires_at) VALUES (?, ?, ?)"
    )
    static let takeLink = SQLText(
        "DELETE FROM sign_in_links WHERE digest = ? RETURNING user_id, expires_at"
    )
    static let deleteOldLinks = SQLText("DELETE FROM sign_in_links WHERE expires_at <= ?")
}
