import Contracts
import Glibc

/// A folder below a media root as a bucket: its files' paths are the keys.
struct FolderBucket: ObjectBucket {
    /// Absolute and resolved.
    let folder: String
    let limits: ServiceLimits

    func list(
        prefix: String,
        isRecursive: Bool,
        from position: String?,
        limit: Int
    ) async throws(BucketError) -> BucketPage {
        let files: [FolderWalk.File]
        do {
            files = try FolderWalk(limits).files(in: folder)
        } catch {
            throw BucketError(.unreachable, error.message)
        }
        let keys = files.filter { file in
            file.name.hasPrefix(prefix) && (isRecursive || !file.name.contains("/"))
        }.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
        let rest = keys.drop { file in
            position.map { !$0.utf8.lexicographicallyPrecedes(file.name.utf8) } ?? false
        }
        let page = rest.prefix(limit)
        return BucketPage(
            objects: page.map { file in
                BucketObject(
                    key: file.name,
                    tag: Self.tag(of: file),
                    byteCount: file.byteCount,
                    modifiedAt: ""
                )
            },
            next: page.count < rest.count ? page.last?.name : nil
        )
    }

    func read(_ key: String, limit: Int) async throws(BucketError) -> [UInt8] {
        do {
            let file = try FileDescriptor.reading(try path(of: key))
            var bytes: [UInt8] = []
            while true {
                let chunk = try file.read(1 << 20)
                if chunk.isEmpty { return bytes }
                bytes += chunk
                guard bytes.count <= limit else {
                    throw ServiceError(.tooLarge, "file_too_large", "\(key) is too large.")
                }
            }
        } catch {
            throw Self.told(error)
        }
    }

    func open(_ key: String, range: String?) async throws(BucketError) -> OutboundStream {
        let bytes = FileBytes(path: try path(of: key))
        return OutboundStream(head: OutboundResponse(status: 200), chunks: bytes)
    }

    func write(_ bytes: [UInt8], to key: String) async throws(BucketError) {
        let final = "\(folder)/\(key)"
        let partial = final + ".partial"
        do throws(ServiceError) {
            FilePath.remove(partial)
            let file = try FileDescriptor.creating(partial)
            try file.write(bytes)
            try file.synchronize()
            try FilePath.rename(partial, to: final)
        } catch {
            FilePath.remove(partial)
            throw Self.told(error)
        }
    }

    func delete(_ key: String) async throws(BucketError) {
        FilePath.remove(try path(of: key))
    }

    /// The file behind a key, which must lie inside the folder.
    private func path(of key: String) throws(BucketError) -> String {
        guard key.split(separator: "/").allSatisfy({ SafeName.isPlain($0) }),
            let path = FilePath.resolved("\(folder)/\(key)"), FilePath.lies(path, in: folder)
        else { throw BucketError(.objectMissing, "There is no file “\(key)” in the folder.") }
        return path
    }

    /// Size and time of change.
    private static func tag(of file: FolderWalk.File) -> String {
        var status = stat()
        guard unsafe lstat(file.path, &status) == 0 else { return "" }
        return "\(file.byteCount)-\(status.st_mtim.tv_sec).\(status.st_mtim.tv_nsec)"
    }

    private static func told(_ error: any Error) -> BucketError {
        switch error {
        case let error as BucketError: return error
        case let error as ServiceError:
            return BucketError(
                error.kind == .notFound ? .objectMissing : .unreachable,
                error.message
            )
        default: return BucketError(.unreachable, "The folder cannot be read.")
        }
    }
}
