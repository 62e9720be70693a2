import LabelModel

/// The folder that uploaded files lie in, `<root>/<project>/<8 hex>-<name>`.
///
/// A file gets its name only when all its bytes are on the disk: until then it lies under a name
/// that no address leads to.
public struct UploadArea: Hashable, Sendable {
    /// Absolute path of the folder; made when the first file comes.
    public let root: String

    public init(root: String) {
        self.root = root
    }

    /// A file that arrived whole.
    struct Stored: Hashable, Sendable {
        /// Path under the root, `<project>/<8 hex>-<name>`.
        let path: String
        let byteCount: Int64
    }

    /// Writes a file as it comes in.
    ///
    /// - `name`: As the client sent it; what is unsafe in it goes away.
    /// - `limit`: The most bytes that it may have.
    func store(
        _ bytes: ByteStream,
        name: String,
        project: ProjectID,
        limit: Int64
    ) async throws(ServiceError) -> Stored {
        let path = "\(project)/\(Secrets.hexadecimal(byteCount: 4))-\(SafeName.file(name))"
        let byteCount = try await write(bytes, to: path, limit: limit)
        return Stored(path: path, byteCount: byteCount)
    }

    /// Writes a file under a path that is free and safe.
    func write(
        _ bytes: ByteStream,
        to path: String,
        limit: Int64
    ) async throws(ServiceError) -> Int64 {
        let absolute = absolutePath(path)
        if let slash = absolute.lastIndex(of: "/") {
            try FilePath.makeFolder(String(absolute[..<slash]))
        }
        let partial = absolute + ".partial"
        do {
            let byteCount = try await Self.copy(bytes, to: partial, limit: limit)
            try FilePath.rename(partial, to: absolute)
            return byteCount
        } catch {
            FilePath.remove(partial)
            throw error
        }
    }

    func absolutePath(_ path: String) -> String { "\(root)/\(path)" }

    /// Removes one file.
    func remove(_ path: String) {
        FilePath.remove(absolutePath(path))
    }

    /// Removes all files of a project.
    func removeAll(of project: ProjectID) {
        FilePath.remove(absolutePath(project.description))
    }

    private static func copy(
        _ bytes: ByteStream,
        to path: String,
        limit: Int64
    ) async throws(ServiceError) -> Int64 {
        let file = try FileDescriptor.creating(path)
        var byteCount: Int64 = 0
        try await bytes.forEachChunk { chunk throws(ServiceError) in
            byteCount += Int64(chunk.count)
            guard byteCount <= limit else {
                throw ServiceError(
                    .tooLarge,
                    "file_too_large",
                    "A file has more than \(limit) bytes."
                )
            }
            try file.write(chunk)
        }
        try file.synchronize()
        return byteCount
    }
}
