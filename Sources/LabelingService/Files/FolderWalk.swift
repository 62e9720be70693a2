/// All files below a folder, in the order of their paths, links left out.
///
/// A link could lead anywhere, and a folder linked into itself has no end; whoever wants the files
/// behind one names the place itself.
struct FolderWalk {
    struct File: Hashable, Sendable {
        /// Path below the folder, with `/`.
        let name: String
        let path: String
        let byteCount: Int64
    }

    private let maxFiles: Int
    private let maxDepth: Int

    init(_ limits: ServiceLimits) {
        maxFiles = limits.maxFolderFiles
        maxDepth = limits.maxFolderDepth
    }

    /// - Throws: ``ServiceError`` `folder_too_large`, `folder_too_deep`.
    func files(in folder: String) throws(ServiceError) -> [File] {
        var files: [File] = []
        try walk(folder, prefix: "", depth: 0, into: &files)
        return files
    }

    private func walk(
        _ folder: String,
        prefix: String,
        depth: Int,
        into files: inout [File]
    ) throws(ServiceError) {
        guard depth <= maxDepth else {
            throw ServiceError(
                .tooLarge,
                "folder_too_deep",
                "Folders stand inside one another more than \(maxDepth) deep at \"\(prefix)\".",
                hint: "Import the folders below one by one."
            )
        }
        for name in FilePath.names(in: folder) where SafeName.isPlain(name) && !name.hasPrefix(".")
        {
            let path = "\(folder)/\(name)"
            if let byteCount = FilePath.regularFileSize(path) {
                guard files.count < maxFiles else {
                    throw ServiceError(
                        .tooLarge,
                        "folder_too_large",
                        "The folder holds more than \(maxFiles) files.",
                        hint: "Import the folders below one by one."
                    )
                }
                files.append(File(name: prefix + name, path: path, byteCount: byteCount))
            } else if FilePath.isFolder(path) {
                try walk(path, prefix: "\(prefix)\(name)/", depth: depth + 1, into: &files)
            }
        }
    }
}
