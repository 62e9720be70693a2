import FoundationEssentials

/// Files and folders, with errors in words.
enum Folder {
    static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

    static func isFolder(_ path: String) -> Bool {
        var isFolder = false
        return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder
    }

    static func make(_ path: String) throws(AuthoringError) {
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true
            )
        } catch {
            throw AuthoringError(.fileUnwritable, "The folder \(path) cannot be made.")
        }
    }

    /// Names of what is directly inside, sorted.
    static func names(_ path: String) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: path))?.sorted() ?? []
    }

    /// Paths of all files below, relative to the folder, sorted.
    static func files(below path: String) -> [String] {
        names(path).flatMap { name in
            isFolder(path + "/" + name)
                ? files(below: path + "/" + name).map { name + "/" + $0 } : [name]
        }
    }

    static func read(_ path: String) throws(AuthoringError) -> [UInt8] {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw AuthoringError(.fileUnreadable, "The file \(path) cannot be read.")
        }
        return [UInt8](data)
    }

    static func write(_ bytes: [UInt8], to path: String) throws(AuthoringError) {
        let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
            .joined(separator: "/")
        if !parent.isEmpty { try make(parent) }
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            throw AuthoringError(.fileUnwritable, "The file \(path) cannot be written.")
        }
    }

    static func copy(_ source: String, to target: String) throws(AuthoringError) {
        do {
            try FileManager.default.copyItem(atPath: source, toPath: target)
        } catch {
            throw AuthoringError(.fileUnwritable, "\(source) cannot be copied to \(target).")
        }
    }

    static func move(_ source: String, to target: String) throws(AuthoringError) {
        do {
            try FileManager.default.moveItem(atPath: source, toPath: target)
        } catch {
            throw AuthoringError(.fileUnwritable, "\(source) cannot be moved to \(target).")
        }
    }

    static func remove(_ path: String) {
        try? FileManager.default.removeItem(atPath: path)
    }
}

/// A folder for the time of a piece of work; it goes with the value.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws(AuthoringError) {
        let parent = FileManager.default.temporaryDirectory.path(percentEncoded: false)
        path = (parent.hasSuffix("/") ? parent : parent + "/") + "postil-\(UUID().uuidString)"
        try Folder.make(path)
    }

    deinit { Folder.remove(path) }
}
