import Glibc

/// What tells, without reading a file, that something in a plugin's sources has changed.
///
/// Folders that hold what is built from them, and hidden files, do not count.
public struct SourceFingerprint: Hashable, Sendable {
    private struct Stamp: Hashable, Sendable {
        var byteCount: Int64
        var seconds: Int64
        var nanoseconds: Int64
        var inode: UInt64
    }

    private static let built: Set<String> = ["build"]

    private let stamps: [String: Stamp]

    public init(of folder: String) {
        var stamps: [String: Stamp] = [:]
        Self.visit(folder, "", &stamps)
        self.stamps = stamps
    }

    /// There is nothing in the folder that counts.
    public var isEmpty: Bool { stamps.isEmpty }

    private static func visit(
        _ folder: String,
        _ prefix: String,
        _ stamps: inout [String: Stamp]
    ) {
        for name in Folder.names(folder)
        where !name.hasPrefix(".") && !(prefix.isEmpty && built.contains(name)) {
            let path = folder + "/" + name
            var status = stat()
            guard unsafe stat(path, &status) == 0 else { continue }
            if status.st_mode & S_IFMT == S_IFDIR {
                visit(path, prefix + name + "/", &stamps)
            } else {
                stamps[prefix + name] = Stamp(
                    byteCount: Int64(status.st_size),
                    seconds: Int64(status.st_mtim.tv_sec),
                    nanoseconds: Int64(status.st_mtim.tv_nsec),
                    inode: UInt64(status.st_ino)
                )
            }
        }
    }
}
