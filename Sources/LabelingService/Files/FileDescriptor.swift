import Glibc

/// An open file, closed when the last reference goes away.
///
/// Calls block; on a local disk that is short enough for the pool's threads, and every caller
/// works in chunks of at most 1 MiB.
final class FileDescriptor: Sendable {
    private let descriptor: Int32
    let path: String

    private init(_ descriptor: Int32, _ path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { Glibc.close(descriptor) }

    /// Opens a regular file for reading.
    static func reading(_ path: String) throws(ServiceError) -> FileDescriptor {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .file("open", path, errno) }
        return FileDescriptor(descriptor, path)
    }

    /// Makes a file that must not be there yet.
    static func creating(_ path: String) throws(ServiceError) -> FileDescriptor {
        let descriptor = unsafe Glibc.open(
            path,
            O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW,
            0o640
        )
        guard descriptor >= 0 else { throw .file("create", path, errno) }
        return FileDescriptor(descriptor, path)
    }

    /// Opens a file, made if need be, whose writes go behind what it holds.
    static func appending(_ path: String) throws(ServiceError) -> FileDescriptor {
        let descriptor = unsafe Glibc.open(
            path,
            O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW,
            0o640
        )
        guard descriptor >= 0 else { throw .file("open", path, errno) }
        return FileDescriptor(descriptor, path)
    }

    /// Up to `limit` further bytes; empty at the end.
    func read(_ limit: Int) throws(ServiceError) -> [UInt8] {
        while true {
            var failure: Int32 = 0
            let chunk = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
                let read = unsafe Glibc.read(descriptor, buffer.baseAddress, limit)
                if read < 0 { failure = errno }
                count = max(read, 0)
            }
            if failure == 0 { return chunk }
            guard failure == EINTR else { throw .file("read", path, failure) }
        }
    }

    /// Appends all the bytes.
    func write(_ bytes: [UInt8]) throws(ServiceError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(
                    descriptor,
                    buffer.baseAddress?.advanced(by: written),
                    buffer.count - written
                )
            }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw .file("write", path, errno)
            }
        }
    }

    /// Returns once the bytes are on the disk.
    func synchronize() throws(ServiceError) {
        guard fdatasync(descriptor) == 0 else { throw .file("synchronize", path, errno) }
    }
}
