import Glibc

/// Names of folders inside folders, read again only when something was added or removed.
struct DirectoryListings: Sendable {
    private struct Listing: Sendable {
        var stamp: FileStamp
        var readAt: Int64
        var names: [String]
    }

    private var listings: [String: Listing] = [:]

    /// The names of the folders in a folder, hidden ones left out, sorted; none when it cannot be
    /// read.
    mutating func folders(in path: String) -> [String] {
        guard let stamp = FileStamp(of: path) else {
            listings[path] = nil
            return []
        }
        if let known = listings[path], known.stamp == stamp, stamp.isSettled(at: known.readAt) {
            return known.names
        }
        let readAt = FileStamp.now()
        let names = Self.read(path)
        listings[path] = Listing(stamp: stamp, readAt: readAt, names: names)
        return names
    }

    private static func read(_ path: String) -> [String] {
        guard let directory = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            guard !name.hasPrefix("."), isFolder(path + "/" + name) else { continue }
            names.append(name)
        }
        return names.sorted()
    }

    /// Follows a link: an operator may keep plugins elsewhere.
    private static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
