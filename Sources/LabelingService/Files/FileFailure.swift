import Glibc

extension ServiceError {
    /// A system call on a file of ours failed.
    ///
    /// - `action`: What was being done, to follow "could not".
    /// - `code`: The value of `errno`.
    static func file(_ action: String, _ path: String, _ code: Int32) -> ServiceError {
        var failure =
            switch code {
            case ENOSPC, EDQUOT:
                ServiceError(
                    .storageFull,
                    "storage_full",
                    "There is no room on the disk for the file.",
                    hint: "Make room on the disk of the data directory."
                )
            case ENOENT, ENOTDIR:
                ServiceError.notFound("The file")
            case EACCES, EPERM:
                ServiceError(
                    .forbidden,
                    "file_not_readable",
                    "The daemon may not read or write this file.",
                    hint: "Check the owner and the permissions of the folder."
                )
            default:
                ServiceError(.failed, "file_failed", "The daemon could not \(action) a file.")
            }
        let reason = unsafe String(cString: strerror(code))
        failure.cause = "\(action) \(path): \(reason)"
        return failure
    }
}
