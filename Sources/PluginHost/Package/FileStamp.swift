import Glibc

/// What tells, without reading, that a file or folder is still the one that was read.
struct FileStamp: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    private let byteCount: Int64
    private let modified: Int64
    /// Time of the last change of content or name, in nanoseconds; no program can set it back.
    private let changed: Int64

    /// The stamp of what the path leads to; `nil` when there is nothing.
    init?(of path: String) {
        var status = stat()
        guard unsafe stat(path, &status) == 0 else { return nil }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        byteCount = Int64(status.st_size)
        modified = Self.nanoseconds(status.st_mtim)
        changed = Self.nanoseconds(status.st_ctim)
    }

    /// True when the last change lies so far back that another one would have given another stamp.
    ///
    /// File systems keep time in ticks of up to two seconds; a change within the tick of the
    /// reading would go unseen.
    func isSettled(at now: Int64) -> Bool { changed < now - 2_000_000_000 }

    /// Nanoseconds of the clock that file systems use.
    static func now() -> Int64 {
        var time = timespec()
        unsafe clock_gettime(CLOCK_REALTIME, &time)
        return nanoseconds(time)
    }

    private static func nanoseconds(_ time: timespec) -> Int64 {
        Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}

/// The stamps of everything that a finding rests on.
struct FileStamps: Sendable {
    private var stamps: [String: FileStamp?] = [:]
    private let takenAt = FileStamp.now()

    /// Notes a file before it is read; that it is missing is worth noting too.
    mutating func note(_ path: String) {
        stamps[path] = .some(FileStamp(of: path))
    }

    /// True when reading again would find the same.
    var areStillTrue: Bool {
        stamps.allSatisfy { path, stamp in
            (stamp?.isSettled(at: takenAt) ?? true) && FileStamp(of: path) == stamp
        }
    }
}
