import Contracts
import Glibc
import LabelModel

/// The media of tasks: uploads, files below the daemon's media roots, objects of the project's
/// buckets, and what other servers give.
struct ExportMedia: MediaSource {
    private let files: MediaFiles
    private let fetched: FetchedMedia

    init(_ environment: ServiceEnvironment, setups: ProjectSetups, of project: ProjectID) {
        files = MediaFiles(environment)
        fetched = FetchedMedia(
            LinkedStorages(environment, setups: setups, media: files),
            of: project
        )
    }

    func open(_ reference: String) -> OpenedMedia? {
        if FetchedMedia.isElsewhere(reference) { return fetched.open(reference) }
        guard let path = files.path(of: reference) else { return nil }
        let file = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        var status = stat()
        guard unsafe fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(file)
            return nil
        }
        return OpenedMedia(descriptor: file, byteCount: Int64(status.st_size))
    }
}
