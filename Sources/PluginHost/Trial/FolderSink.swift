public import Contracts
import Glibc
import Synchronization

/// Writes the files of an export below a folder; for the command line.
///
/// Files that exist are replaced. Names have been checked by the host.
public final class FolderSink: ExportSink {
    public let media: (any MediaSource)?
    private let path: String
    private let files = Mutex<[Int32]>([])

    /// - Parameters:
    ///   - path: The folder; it exists.
    ///   - media: Gives the exporter the media of its tasks.
    public init(path: String, media: (any MediaSource)? = nil) {
        self.path = path
        self.media = media
    }

    deinit {
        for file in files.withLock({ $0 }) { Glibc.close(file) }
    }

    public func open(name: String, mediaType: String) throws(PluginError) -> Int32 {
        let parts = name.split(separator: "/").map(String.init)
        var folder = path
        for part in parts.dropLast() {
            folder += "/" + part
            guard unsafe mkdir(folder, 0o777) == 0 || errno == EEXIST else {
                throw Self.failure("The folder \(folder) cannot be made")
            }
        }
        let target = path + "/" + name
        let file = unsafe Glibc.open(target, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard file >= 0 else { throw Self.failure("\(target) cannot be written") }
        files.withLock { $0.append(file) }
        return file
    }

    public func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(PluginError) {
        var written = 0
        while written < bytes.count {
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = unsafe Glibc.write(file, rest.baseAddress, rest.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Self.failure("The export cannot be written") }
            written += count
        }
    }

    public func close(_ file: Int32) throws(PluginError) {
        files.withLock { files in files.removeAll { $0 == file } }
        guard Glibc.close(file) == 0 else { throw Self.failure("The export cannot be written") }
    }

    private static func failure(_ what: String) -> PluginError {
        PluginError(.sinkFailed, "\(what): \(unsafe String(cString: strerror(errno))).")
    }
}
