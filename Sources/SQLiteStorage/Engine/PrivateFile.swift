import Contracts
import Glibc

/// Makes the database file readable for its owner alone; it holds password hashes.
enum PrivateFile {
    /// Makes an empty file, unless there is one.
    ///
    /// A file that is there must not even be opened and closed: closing it would release the locks
    /// that SQLite holds on it for another connection of this process.
    static func makeIfMissing(_ path: String) throws(StorageError) {
        let flags = O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC
        let descriptor = unsafe Glibc.open(path, flags, 0o600)
        if descriptor >= 0 {
            _ = Glibc.close(descriptor)
        } else if errno != EEXIST {
            throw StorageError(
                .unavailable,
                "The database file cannot be made. Check who owns the data directory.",
                cause: "open \(path): errno \(errno)"
            )
        }
    }
}
