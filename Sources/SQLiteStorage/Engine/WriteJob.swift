import Contracts

/// A write that waits for its turn, without the type of its result.
protocol AnyWriteJob: Sendable {
    /// Does the work inside a transaction; called once, on the writer's thread.
    ///
    /// - Returns: The error, when the write refused.
    func run(in transaction: WriteTransaction) -> StorageError?

    /// Lets the caller go on: with the result of ``run(in:)``, or with `error` when the
    /// transaction failed as a whole.
    func finish(_ error: StorageError?)
}

/// A write and whoever waits for it.
///
/// `@unchecked Sendable`: made by the caller, then touched by the writer's thread alone, to which
/// it goes through the lock of a ``JobQueue``.
final class WriteJob<Value: Sendable>: AnyWriteJob, @unchecked Sendable {
    private let body: @Sendable (WriteTransaction) throws(StorageError) -> Value
    private let continuation: CheckedContinuation<Result<Value, StorageError>, Never>
    private var outcome: Result<Value, StorageError>?

    init(
        _ body: @escaping @Sendable (WriteTransaction) throws(StorageError) -> Value,
        _ continuation: CheckedContinuation<Result<Value, StorageError>, Never>
    ) {
        self.body = body
        self.continuation = continuation
    }

    func run(in transaction: WriteTransaction) -> StorageError? {
        do {
            outcome = .success(try body(transaction))
            return nil
        } catch {
            outcome = .failure(error)
            return error
        }
    }

    func finish(_ error: StorageError?) {
        if let error { return continuation.resume(returning: .failure(error)) }
        continuation.resume(returning: outcome ?? .failure(.closed))
    }
}

extension StorageError {
    static let closed = StorageError(
        .unavailable,
        "The database is closed, because the server is stopping."
    )
}
