import Contracts
import Glibc

/// Tells which programs have a database open, so that an import that died can be told from one
/// that is still under way in another process.
///
/// Each open storage locks one byte of a file beside the database; the kernel lets go of it when
/// the process ends, however it ends. The byte's offset is the instance's number. These are
/// locks of the open file (Linux `F_OFD_SETLK`), so two storages in one process are told apart.
@safe final class InstanceLock: Sendable {
    // Macros under _GNU_SOURCE, which Swift does not see; values from <bits/fcntl-linux.h>.
    private static let getLock: Int32 = 36
    private static let setLock: Int32 = 37

    /// This instance's number, positive.
    let number: Int64
    private let descriptor: Int32

    init(path: String) throws(StorageError) {
        descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw StorageError(
                .unavailable,
                "The data directory cannot be written.",
                cause: "open \(path): errno \(errno)"
            )
        }
        number = Int64.random(in: 1...(1 << 40))
        var lock = Self.byte(number)
        guard unsafe fcntl(descriptor, Self.setLock, &lock) == 0 else {
            let code = errno
            _ = Glibc.close(descriptor)
            throw StorageError(
                .unavailable,
                "The data directory does not support file locks.",
                cause: "F_OFD_SETLK \(path): errno \(code)"
            )
        }
    }

    /// True while the storage of that number is open somewhere.
    func isAlive(_ other: Int64) -> Bool {
        guard other != number else { return true }
        var lock = Self.byte(other)
        guard unsafe fcntl(descriptor, Self.getLock, &lock) == 0 else { return true }
        return lock.l_type != Int16(F_UNLCK)
    }

    /// Must be called once, at the end.
    func release() {
        _ = Glibc.close(descriptor)
    }

    private static func byte(_ number: Int64) -> flock {
        var lock = flock()
        lock.l_type = Int16(F_WRLCK)
        lock.l_whence = Int16(SEEK_SET)
        lock.l_start = Int(number)
        lock.l_len = 1
        return lock
    }
}
