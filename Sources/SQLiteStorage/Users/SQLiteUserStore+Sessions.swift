import Contracts
import LabelModel

/// Browsers that are signed in, and one-time sign-ins.
extension SQLiteUserStore {
    func insertSession(_ session: Session, digest: [UInt8]) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            try connection.run(UserSQL.deleteOldSessions, transaction.now)
            try connection.run(
                UserSQL.insertSession,
                digest,
                session.user,
                session.csrfToken,
                session.createdAt,
                session.expiresAt
            )
        }
    }

    func session(digest: [UInt8], at now: Timestamp) async throws(StorageError) -> Session? {
        let session = try await knownSessions.value(of: digest) { () throws(StorageError) in
            try await engine.read { (connection) throws(StorageError) in
                try connection.first(UserSQL.session, digest) { row in
                    Session(
                        user: row.next(),
                        csrfToken: row.next(),
                        createdAt: row.next(),
                        expiresAt: row.next()
                    )
                }
            }
        }
        guard let session, session.expiresAt > now else { return nil }
        return session
    }

    func removeSession(digest: [UInt8]) async throws(StorageError) {
        try await change { (transaction) throws(StorageError) in
            try transaction.connection.run(UserSQL.deleteSession, digest)
        }
    }

    func insertSignInLink(
        for user: UserID,
        digest: [UInt8],
        expiresAt: Timestamp
    ) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(UserSQL.deleteOldLinks, transaction.now)
            try transaction.connection.run(UserSQL.insertLink, digest, user, expiresAt)
        }
    }

    func takeSignInLink(
        digest: [UInt8],
        at now: Timestamp
    ) async throws(StorageError) -> UserID? {
        try await engine.write { (transaction) throws(StorageError) in
            let link = try transaction.connection.first(UserSQL.takeLink, digest) { row in
                (user: row.next() as UserID, expiresAt: row.next() as Timestamp)
            }
            guard let link, link.expiresAt > now else { return nil }
            return link.user
        }
    }
}
