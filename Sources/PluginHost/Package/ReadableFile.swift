import Glibc

/// An open regular file, closed when the value goes.
struct ReadableFile: ~Copyable {
    let descriptor: Int32
    let byteCount: Int

    /// Why a file could not be opened.
    enum Failure: Error {
        case missing
        /// A symbolic link, or a part of the path is one.
        case link
        case notRegular
        case system(Int32)
    }

    /// Opens a file below a folder without following a symbolic link on the way.
    ///
    /// Each part is opened relative to the one before, so that nothing that is swapped in between
    /// can lead elsewhere.
    init(folder: String, parts: [String]) throws(Failure) {
        var current = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard current >= 0 else { throw Self.failure() }
        for (index, part) in parts.enumerated() {
            let isLast = index == parts.count - 1
            let flags = isLast ? O_RDONLY | O_NONBLOCK : O_RDONLY | O_DIRECTORY
            let next = unsafe Glibc.openat(current, part, flags | O_NOFOLLOW | O_CLOEXEC)
            let failure = Self.failure()
            let isLink = next < 0 && Self.isLink(part, in: current)
            Glibc.close(current)
            guard next >= 0 else { throw isLink ? .link : failure }
            current = next
        }
        try self.init(taking: current)
    }

    /// Opens the file at a path; the last part must not be a symbolic link.
    init(path: String) throws(Failure) {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { throw Self.failure() }
        try self.init(taking: descriptor)
    }

    private init(taking descriptor: Int32) throws(Failure) {
        var status = stat()
        guard unsafe fstat(descriptor, &status) == 0 else {
            let failure = Self.failure()
            Glibc.close(descriptor)
            throw failure
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            Glibc.close(descriptor)
            throw .notRegular
        }
        self.descriptor = descriptor
        byteCount = Int(status.st_size)
    }

    deinit { Glibc.close(descriptor) }

    /// Reads the file in pieces of up to 256 KiB; each is valid for one call of `body`.
    func forEachPiece(_ body: (UnsafeRawBufferPointer) -> Void) throws(Failure) {
        // One byte more than there should be, so that one reading meets the end.
        let size = min(max(byteCount + 1, 4096), 256 * 1024)
        var buffer = [UInt8](repeating: 0, count: size)
        var offset = 0
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes {
                unsafe Glibc.pread(descriptor, $0.baseAddress, $0.count, offset)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure() }
            guard count > 0 else { return }
            unsafe buffer.withUnsafeBytes {
                unsafe body(UnsafeRawBufferPointer(rebasing: $0[..<count]))
            }
            offset += count
        }
    }

    /// The whole file; `nil` when it holds more than `limit` bytes.
    func contents(limit: Int) throws(Failure) -> [UInt8]? {
        guard byteCount <= limit else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        try unsafe forEachPiece { unsafe bytes.append(contentsOf: $0) }
        return bytes.count <= limit ? bytes : nil
    }

    private static func failure() -> Failure {
        switch errno {
        case ENOENT, ENOTDIR: .missing
        case ELOOP: .link
        default: .system(errno)
        }
    }

    /// `O_DIRECTORY | O_NOFOLLOW` answers ENOTDIR for a link, so this asks again.
    private static func isLink(_ name: String, in folder: Int32) -> Bool {
        var status = stat()
        return unsafe fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0
            && status.st_mode & S_IFMT == S_IFLNK
    }
}

extension ReadableFile.Failure {
    /// What the system said, for sentences.
    var inWords: String {
        switch self {
        case .missing: "it is not there"
        case .link: "it is a symbolic link"
        case .notRegular: "it is not a plain file"
        case .system(let code): unsafe String(cString: strerror(code))
        }
    }
}
