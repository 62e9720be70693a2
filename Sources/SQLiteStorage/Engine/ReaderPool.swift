import Contracts

/// Runs reads on a few threads, each with a connection of its own.
final class ReaderPool: Sendable {
    private let jobs = JobQueue<@Sendable (Connection?) -> Void>()
    let threadCount: Int

    init(threadCount: Int) {
        self.threadCount = threadCount
    }

    /// Runs a read and waits for its result.
    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        let outcome: Result<Value, StorageError> = await withCheckedContinuation { continuation in
            let job: @Sendable (Connection?) -> Void = { connection in
                guard let connection else {
                    return continuation.resume(returning: .failure(.closed))
                }
                do throws(StorageError) {
                    continuation.resume(returning: .success(try body(connection)))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
            if !jobs.add(job) { job(nil) }
        }
        return try outcome.get()
    }

    /// Takes no more reads; those that were taken are still done.
    func close() {
        jobs.close(threads: threadCount)
    }

    /// Works until the queue is closed and empty; called once on each of the threads.
    func run(on connection: Connection) {
        while true {
            let taken = jobs.take(upTo: 1)
            if taken.isEmpty { return }
            for job in taken { job(connection) }
        }
    }
}
