import Glibc

/// What the file system says of a path.
enum FilePath {
    /// The path with every link followed, or nil when it leads nowhere.
    static func resolved(_ path: String) -> String? {
        guard let text = unsafe realpath(path, nil) else { return nil }
        defer { unsafe free(text) }
        return unsafe String(cString: text)
    }

    /// True when `path` is `folder` or lies inside it.
    ///
    /// Both must be resolved.
    static func lies(_ path: String, in folder: String) -> Bool {
        path == folder || path.utf8.starts(with: (folder == "/" ? "/" : folder + "/").utf8)
    }

    /// Bytes of a regular file, or nil when there is no such file.
    ///
    /// Links count as what they are.
    static func regularFileSize(_ path: String) -> Int64? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG
        else { return nil }
        return Int64(status.st_size)
    }

    /// When a file's content changed, in seconds since 1970; nil when it is not there.
    static func changeSeconds(_ path: String) -> Int? {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return nil }
        return status.st_mtim.tv_sec
    }

    static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe lstat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// Makes a folder and those above it that are missing.
    static func makeFolder(_ path: String) throws(ServiceError) {
        if unsafe mkdir(path, 0o750) == 0 || errno == EEXIST { return }
        let failure = errno
        guard failure == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex
        else { throw .file("make folder", path, failure) }
        try makeFolder(String(path[..<slash]))
        guard unsafe mkdir(path, 0o750) == 0 || errno == EEXIST else {
            throw .file("make folder", path, errno)
        }
    }

    /// Names in a folder, sorted by their bytes, without `.` and `..`; empty when it cannot be read.
    static func names(in folder: String) -> [String] {
        guard let stream = unsafe opendir(folder) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(validatingCString: $0)
                }
            }
            // A name that is not UTF-8 could not be written into a task's data.
            if let name, name != ".", name != ".." { names.append(name) }
        }
        return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    }

    /// Removes a file, or a folder with everything in it.
    ///
    /// What is not there is removed already.
    static func remove(_ path: String) {
        if isFolder(path) {
            for name in names(in: path) { remove("\(path)/\(name)") }
            unsafe rmdir(path)
        } else {
            unsafe unlink(path)
        }
    }
}

extension FilePath {
    /// Gives a file its final name in one step.
    static func rename(_ path: String, to final: String) throws(ServiceError) {
        guard unsafe Glibc.rename(path, final) == 0 else { throw .file("rename", path, errno) }
    }
}
