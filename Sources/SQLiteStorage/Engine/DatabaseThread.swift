import Contracts
import Glibc

/// A thread of its own for a database connection.
///
/// It blocks for as long as the storage is open, so it is not one of Dispatch's: there are only so
/// many of those, and storages that took them all would wait for each other for ever.
enum DatabaseThread {
    private final class Work: Sendable {
        let body: @Sendable () -> Void

        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }

    /// Starts a thread that ends when `body` returns.
    ///
    /// - Throws: ``StorageError`` `unavailable` when the system gives no thread.
    static func start(_ body: @escaping @Sendable () -> Void) throws(StorageError) {
        let work = unsafe Unmanaged.passRetained(Work(body))
        var thread: pthread_t = 0
        let status = unsafe pthread_create(
            &thread,
            nil,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
                return nil
            },
            unsafe work.toOpaque()
        )
        guard status == 0 else {
            unsafe work.release()
            throw StorageError(
                .unavailable,
                "The system gives no thread for the database (error \(status))."
            )
        }
        pthread_detach(thread)
    }
}
