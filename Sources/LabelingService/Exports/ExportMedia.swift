import Contracts
import Glibc

/// The media of tasks that lie on this daemon's disks: uploads, and files below its media roots.
struct ExportMedia: MediaSource {
    private let files: MediaFiles

    init(_ environment: ServiceEnvironment) {
        files = MediaFiles(environment)
    }

    func open(_ reference: String) -> OpenedMedia? {
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
