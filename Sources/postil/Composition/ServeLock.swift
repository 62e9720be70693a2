internal import Glibc

/// The right to hand out the tasks of a data folder, which one daemon has at a time.
///
/// The kernel takes the lock back when the process ends, however it ends.
struct ServeLock: ~Copyable {
    private let descriptor: Int32

    /// - Throws: ``CommandFailure`` when another daemon has it.
    init(path: String) throws {
        descriptor = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else {
            throw CommandFailure("The file \(path) cannot be made (error \(errno)).")
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            Glibc.close(descriptor)
            throw CommandFailure(
                "Another daemon serves this data folder already.",
                hint: "End it first, or name another --data-dir."
            )
        }
    }

    deinit {
        Glibc.close(descriptor)
    }
}
