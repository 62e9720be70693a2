import Contracts
import GRDB
import GRDBSQLite

/// What the engine said went wrong.
struct SQLiteFailure: Error {
    /// An extended result code.
    let code: Int32
    let message: String

    init(_ code: Int32, on connection: OpaquePointer) {
        let extended = unsafe sqlite3_extended_errcode(connection)
        self.code = extended == SQLITE_OK ? code : extended
        message = unsafe String(cString: sqlite3_errmsg(connection))
    }

    init(_ error: DatabaseError) {
        code = error.extendedResultCode.rawValue
        message = error.message ?? error.extendedResultCode.description
    }

    /// True when a unique index or a primary key refused the row.
    var isDuplicate: Bool {
        // SQLITE_CONSTRAINT_UNIQUE and _PRIMARYKEY and _ROWID are macros that Swift does not see.
        code == 19 | (8 << 8) || code == 19 | (6 << 8) || code == 19 | (10 << 8)
    }
}

extension StorageError {
    init(_ failure: SQLiteFailure) {
        let cause = "SQLite \(failure.code): \(failure.message)"
        switch failure.code & 0xFF {
        case SQLITE_FULL:
            self.init(
                .full,
                "The disk is full. Make room in the data directory and try again.",
                cause: cause
            )
        case SQLITE_BUSY, SQLITE_LOCKED:
            self.init(
                .busy,
                "Another program is using the database. Try again in a moment.",
                cause: cause
            )
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            self.init(
                .corrupt,
                "The database file is damaged. Stop the server and restore it from a backup.",
                cause: cause
            )
        case SQLITE_CONSTRAINT where failure.isDuplicate:
            self.init(.duplicate, "Something of that name is there already.", cause: cause)
        case SQLITE_CONSTRAINT:
            self.init(.invalid, "The database refused the values.", cause: cause)
        case SQLITE_TOOBIG:
            self.init(
                .invalid,
                "A value is larger than the database can keep (1 GB).",
                cause: cause
            )
        case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM:
            self.init(
                .unavailable,
                "The database file cannot be written. Check who owns the data directory.",
                cause: cause
            )
        case SQLITE_ERROR where failure.message.hasPrefix(TextFunctions.tooSlow):
            self.init(
                .invalid,
                "The regular expression takes too long on one of the texts.",
                cause: cause
            )
        default:
            self.init(
                .unavailable,
                "The database could not do it; the log has the details.",
                cause: cause
            )
        }
    }

    /// Turns what GRDB throws while it opens a database into ours.
    init(opening error: any Error) {
        switch error {
        case let error as StorageError: self = error
        case let error as DatabaseError: self.init(SQLiteFailure(error))
        default:
            self.init(
                .unavailable,
                "The database could not be opened.",
                cause: String(describing: error)
            )
        }
    }
}
