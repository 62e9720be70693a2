import Contracts
import Glibc

/// A file that was not there before, written front to back.
struct NewFile: ~Copyable {
    private let descriptor: Int32
    private let path: String

    /// - Throws: `file_failed`, also when something is there already.
    init(_ path: String, mode: mode_t = 0o644) throws(PluginError) {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        descriptor = unsafe Glibc.open(path, flags, mode)
        guard descriptor >= 0 else { throw .system("The file \(path) cannot be made") }
        self.path = path
    }

    deinit { close(descriptor) }

    func write(_ bytes: ArraySlice<UInt8>) throws(PluginError) {
        var rest = bytes
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Glibc.write(descriptor, buffer.baseAddress, buffer.count)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .system("The file \(path) cannot be written") }
            rest = rest.dropFirst(count)
        }
    }

    /// Returns once the bytes are on the disk.
    func synchronize() throws(PluginError) {
        guard fsync(descriptor) == 0 else { throw .system("The file \(path) cannot be written") }
    }

    static func write(_ bytes: [UInt8], to path: String, mode: mode_t = 0o644)
        throws(PluginError)
    {
        let file = try NewFile(path, mode: mode)
        do {
            try file.write(bytes[...])
            try file.synchronize()
        } catch {
            _ = unsafe unlink(path)
            throw error
        }
    }
}

/// Folders that are made, looked through and taken away.
enum NewFolder {
    /// Makes a folder and those above it.
    static func make(_ path: String, mode: mode_t = 0o755) throws(PluginError) {
        if unsafe mkdir(path, mode) == 0 || errno == EEXIST { return }
        let parent = path.split(separator: "/").dropLast().joined(separator: "/")
        guard errno == ENOENT, !parent.isEmpty else {
            throw .system("The folder \(path) cannot be made")
        }
        try make("/" + parent, mode: mode)
        guard unsafe mkdir(path, mode) == 0 || errno == EEXIST else {
            throw .system("The folder \(path) cannot be made")
        }
    }

    /// Returns once names in the folder are on the disk.
    static func synchronize(_ path: String) {
        let descriptor = unsafe Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    /// Removes a folder with all that is in it; links are removed, not followed.
    static func remove(_ path: String) {
        if unsafe unlink(path) == 0 { return }
        for name in FolderEntries.names(path) { remove(path + "/" + name) }
        _ = unsafe rmdir(path)
    }
}

/// What lies in a folder.
enum FolderEntries {
    /// Names, hidden ones too, sorted; none when it cannot be read.
    static func names(_ path: String) -> [String] {
        guard let directory = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(directory) }
        var names: [String] = []
        while let entry = unsafe readdir(directory) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
                unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names.sorted()
    }
}

extension PluginError {
    /// A system call on a file of the operator's own failed.
    ///
    /// - Parameter what: A sentence without its end.
    /// - Returns: The error, with what the system said.
    static func system(_ what: String) -> PluginError {
        PluginError(.fileFailed, "\(what): \(unsafe String(cString: strerror(errno))).")
    }
}
