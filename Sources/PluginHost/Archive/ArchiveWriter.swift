import CArchive
import Contracts
import Glibc

/// Writes a tar inside gzip whose bytes follow from names and contents alone.
@safe final class ArchiveWriter {
    /// 2020-01-01: what stands as the time of every file, so that no clock gets into the bytes.
    private static let time = 1_577_836_800

    private let archive: OpaquePointer
    private let descriptor: Int32
    private let path: String

    /// Begins an archive in a file that is not there yet.
    ///
    /// - Throws: `file_failed`.
    init(path: String) throws(PluginError) {
        guard let archive = unsafe archive_write_new() else {
            throw PluginError(.fileFailed, "There is no memory to write the archive.")
        }
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        descriptor = unsafe Glibc.open(path, flags, 0o644)
        unsafe self.archive = archive
        self.path = path
        guard descriptor >= 0 else { throw .system("The file \(path) cannot be made") }
        unsafe archive_write_add_filter_gzip(archive)
        unsafe archive_write_set_format_pax_restricted(archive)
        unsafe archive_write_set_bytes_in_last_block(archive, 1)
        let options = "gzip:!timestamp,gzip:compression-level=9"
        guard unsafe archive_write_set_options(archive, options) == ARCHIVE_OK,
            unsafe archive_write_open_fd(archive, descriptor) == ARCHIVE_OK
        else { throw failure() }
    }

    deinit {
        unsafe archive_write_free(archive)
        if descriptor >= 0 { close(descriptor) }
    }

    /// Adds a file.
    func add(_ name: String, _ bytes: [UInt8]) throws(PluginError) {
        try begin(name, byteCount: Int64(bytes.count))
        guard unsafe bytes.withUnsafeBytes({ unsafe append($0) }) else { throw failure() }
    }

    /// Adds a file with the content of another one.
    ///
    /// - Throws: `file_failed`, also when the file's length changes meanwhile.
    func add(_ name: String, contentOf file: borrowing ReadableFile) throws(PluginError) {
        try begin(name, byteCount: Int64(file.byteCount))
        var isWritten = true
        var count = 0
        do {
            try unsafe file.forEachPiece { piece in
                count += piece.count
                isWritten = unsafe isWritten && append(piece)
            }
        } catch {
            throw PluginError(.fileFailed, "\(name) cannot be read: \(error.inWords).")
        }
        guard isWritten else { throw failure() }
        guard count == file.byteCount else {
            throw PluginError(.fileFailed, "\(name) has changed while it was packed.")
        }
    }

    /// Ends the archive; its bytes are on the disk then.
    func finish() throws(PluginError) {
        guard unsafe archive_write_close(archive) == ARCHIVE_OK else { throw failure() }
        guard fsync(descriptor) == 0 else { throw .system("The file \(path) cannot be written") }
    }

    private func begin(_ name: String, byteCount: Int64) throws(PluginError) {
        let entry = unsafe archive_entry_new()
        defer { unsafe archive_entry_free(entry) }
        unsafe archive_entry_set_pathname(entry, name)
        unsafe archive_entry_set_size(entry, byteCount)
        let regular: mode_t = S_IFREG
        unsafe archive_entry_set_filetype(entry, regular)
        unsafe archive_entry_set_perm(entry, 0o644)
        unsafe archive_entry_set_mtime(entry, Self.time, 0)
        guard unsafe archive_write_header(archive, entry) == ARCHIVE_OK else { throw failure() }
    }

    /// - Returns: False when not all bytes could be written.
    private func append(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard bytes.count > 0 else { return true }
        return unsafe archive_write_data(archive, bytes.baseAddress, bytes.count) == bytes.count
    }

    private func failure() -> PluginError {
        let reason =
            unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
            ?? "unknown reason"
        return PluginError(.fileFailed, "The archive \(path) cannot be written: \(reason).")
    }
}
