/// The files below a folder one after another, in the order of their paths; it remembers the names
/// of the folders that it is in and no more.
///
/// Links and files that are still being written are passed over.
struct FileWalk {
    struct File: Hashable {
        /// Path below the folder, with `/`.
        let name: String
        let path: String
        let byteCount: Int64
    }

    private struct Level {
        let folder: String
        let prefix: String
        var names: ArraySlice<String>
    }

    private var levels: [Level]

    init(_ folder: String) {
        levels = [Level(folder: folder, prefix: "", names: FilePath.names(in: folder)[...])]
    }

    mutating func next() -> File? {
        while var level = levels.popLast() {
            guard let name = level.names.popFirst() else { continue }
            levels.append(level)
            let path = "\(level.folder)/\(name)"
            guard SafeName.isPlain(name), !name.hasPrefix("."), !name.hasSuffix(".partial") else {
                continue
            }
            if let byteCount = FilePath.regularFileSize(path) {
                return File(name: level.prefix + name, path: path, byteCount: byteCount)
            }
            if FilePath.isFolder(path) {
                let names = FilePath.names(in: path)
                levels.append(
                    Level(folder: path, prefix: "\(level.prefix)\(name)/", names: names[...])
                )
            }
        }
        return nil
    }
}
