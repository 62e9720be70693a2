/// Files on the disk that the browser may show, found by what a task's data says.
///
/// Nothing outside the upload folder and the media roots is ever found: links are followed first,
/// and then the place must still lie inside.
public struct MediaFiles: Sendable {
    private let uploads: UploadArea
    private let roots: [String]

    init(_ environment: ServiceEnvironment) {
        uploads = environment.uploads
        roots = environment.mediaRoots.compactMap { FilePath.resolved($0) }
    }

    /// The file behind `/data/upload/…`.
    ///
    /// - `path`: What follows, percent-decoded: `<project>/<8 hex>-<name>`.
    ///
    /// Returns its absolute path.
    public func upload(_ path: String) async throws(ServiceError) -> String {
        guard let root = FilePath.resolved(uploads.root), !path.utf8.starts(with: ".".utf8) else {
            throw .notFound("The file")
        }
        return try file(path, in: root)
    }

    /// The file behind `/data/local-files/?d=…`.
    ///
    /// - `path`: The value of `d`, percent-decoded: a path below one of the media roots.
    ///
    /// Returns its absolute path.
    public func localFile(_ path: String) async throws(ServiceError) -> String {
        guard !roots.isEmpty else {
            throw ServiceError(
                .forbidden,
                "media_path_refused",
                "This daemon serves no local files.",
                hint: "Start it with --media-root for each folder that it may read."
            )
        }
        var refusal = ServiceError.notFound("The file")
        for root in roots {
            do throws(ServiceError) {
                return try file(path, in: root)
            } catch {
                refusal = error
            }
        }
        throw refusal
    }

    /// The file that a task's data refers to by an address of this daemon, or nil.
    ///
    /// - `reference`: `/data/upload/…` or `/data/local-files/?d=…`, percent-encoded.
    ///
    /// Returns its absolute path.
    func path(of reference: String) -> String? {
        let local = "/data/local-files/?d="
        let upload = "/data/upload/"
        if reference.hasPrefix(local) {
            guard let path = SafeName.percentDecoded(reference.dropFirst(local.count)) else {
                return nil
            }
            return roots.lazy.compactMap { try? file(path, in: $0) }.first
        }
        guard reference.hasPrefix(upload), let root = FilePath.resolved(uploads.root),
            let path = SafeName.percentDecoded(reference.dropFirst(upload.count)),
            !path.hasPrefix(".")
        else { return nil }
        return try? file(path, in: root)
    }

    /// The folder that an import is to walk.
    ///
    /// - `path`: Absolute, or relative to one of the media roots.
    ///
    /// Returns its resolved path, and that of the root it lies in.
    func folder(_ path: String) throws(ServiceError) -> (path: String, root: String) {
        let refusal = ServiceError(
            .forbidden,
            "media_path_refused",
            "The folder does not lie below a media root of this daemon.",
            hint: "Start the daemon with --media-root for the folder, or upload it.",
            field: "path"
        )
        for root in roots {
            let absolute = path.hasPrefix("/") ? path : "\(root)/\(path)"
            guard let folder = FilePath.resolved(absolute), FilePath.isFolder(folder),
                FilePath.lies(folder, in: root)
            else { continue }
            return (folder, root)
        }
        throw refusal
    }

    private func file(_ path: String, in root: String) throws(ServiceError) -> String {
        let relative = path.drop { $0 == "/" }
        guard relative.split(separator: "/").allSatisfy({ SafeName.isPlain($0) }),
            let resolved = FilePath.resolved("\(root)/\(relative)"),
            FilePath.lies(resolved, in: root), FilePath.regularFileSize(resolved) != nil
        else { throw .notFound("The file") }
        return resolved
    }
}
