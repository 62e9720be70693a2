import CArchive
import Contracts
import Glibc

/// The entries of a tar inside gzip, front to back.
///
/// Of libarchive's many formats no other is switched on. Not for several threads at once.
@safe final class ArchiveReader {
    /// What stands at one place of the archive.
    struct Entry {
        enum Kind {
            case file(byteCount: Int64)
            case folder
            /// A link, a device or anything else that a package does not hold; in words.
            case other(String)
        }

        /// As the archive writes it, unchecked.
        var path: String
        var kind: Kind
    }

    private static let blockBytes = 64 << 10

    private let archive: OpaquePointer
    private let descriptor: Int32

    /// Opens an archive.
    ///
    /// - Throws: `archive_unreadable` or `file_failed`.
    init(path: String) throws(PluginError) {
        guard let archive = unsafe archive_read_new() else {
            throw PluginError(.archiveUnreadable, "There is no memory to read the archive.")
        }
        descriptor = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        unsafe self.archive = archive
        guard descriptor >= 0 else { throw .system("The file \(path) cannot be opened") }
        unsafe archive_read_support_filter_gzip(archive)
        unsafe archive_read_support_format_tar(archive)
        guard unsafe archive_read_open_fd(archive, descriptor, Self.blockBytes) == ARCHIVE_OK
        else { throw failure() }
    }

    deinit {
        unsafe archive_read_free(archive)
        if descriptor >= 0 { close(descriptor) }
    }

    /// Bytes of the archive that were read so far, packed as they are.
    var packedByteCount: Int64 { unsafe archive_filter_bytes(archive, -1) }

    /// The next entry; nil at the end.
    ///
    /// - Throws: `archive_unreadable`.
    func next() throws(PluginError) -> Entry? {
        var found: OpaquePointer?
        let status = unsafe archive_read_next_header(archive, &found)
        if status == ARCHIVE_EOF { return nil }
        guard status == ARCHIVE_OK, let entry = unsafe found else { throw failure() }
        guard let name = unsafe archive_entry_pathname(entry) else {
            throw PluginError(.archiveUnreadable, "The archive has an entry without a name.")
        }
        return Entry(path: unsafe String(cString: name), kind: unsafe Self.kind(entry))
    }

    /// Reads on in the file that ``next()`` came to.
    ///
    /// - Returns: How many bytes were put into the buffer; 0 at the file's end.
    /// - Throws: `archive_unreadable`.
    func read(into buffer: inout [UInt8]) throws(PluginError) -> Int {
        let count = unsafe buffer.withUnsafeMutableBytes { bytes in
            unsafe archive_read_data(archive, bytes.baseAddress, bytes.count)
        }
        guard count >= 0 else { throw failure() }
        return count
    }

    private static func kind(_ entry: OpaquePointer) -> Entry.Kind {
        if unsafe archive_entry_hardlink(entry) != nil { return .other("a hard link") }
        switch unsafe archive_entry_filetype(entry) {
        case S_IFREG:
            // A sparse file promises bytes that are not in the archive.
            return unsafe archive_entry_sparse_count(entry) > 0
                ? .other("a sparse file") : .file(byteCount: archive_entry_size(entry))
        case S_IFDIR: return .folder
        case S_IFLNK: return .other("a symbolic link")
        case S_IFCHR, S_IFBLK: return .other("a device")
        case S_IFIFO: return .other("a pipe")
        default: return .other("no plain file")
        }
    }

    private func failure() -> PluginError {
        let reason =
            unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
            ?? "unknown reason"
        return PluginError(
            .archiveUnreadable,
            "The archive cannot be read: \(reason).",
            hint: "A package is a tar inside gzip, as `postil plugin pack` writes it."
        )
    }
}
