import Contracts
import Dispatch
import GRDB

/// The database file with one writer, several readers and the queue that watches the writes.
final class Engine: Sendable {
    let clock: any WallClock
    let queue: LeaseQueue
    let lock: InstanceLock
    let bell = EventBell()
    private let writer: GroupCommitWriter
    private let readers: ReaderPool
    private let checkpointer: Checkpointer
    private let writingThread = DispatchGroup()
    private let otherThreads = DispatchGroup()

    /// Opens the file, brings its tables up to date and starts the threads.
    ///
    /// Blocks meanwhile.
    init(path: String, clock: any WallClock, settings: SQLiteStorageSettings)
        throws(StorageError)
    {
        self.clock = clock
        queue = LeaseQueue(clock: clock, leaseSeconds: settings.leaseSeconds)
        checkpointer = Checkpointer(pages: settings.checkpointPages)
        writer = GroupCommitWriter(
            clock: clock,
            queue: queue,
            checkpointer: checkpointer,
            bell: bell
        )
        readers = ReaderPool(threadCount: settings.readerCount)
        do {
            let writing = try DatabaseFile.openForWriting(path, settings)
            lock = try InstanceLock(path: path + "-instances")
            let checkpointing = try DatabaseFile.openForCheckpoints(path, settings)
            let reading = try (0..<settings.readerCount).map { _ in
                try DatabaseFile.openForReading(path, settings)
            }
            try start(writing, in: writingThread) { [writer] in writer.run(on: $0) }
            try start(checkpointing, in: otherThreads) { [checkpointer] in
                checkpointer.run(on: $0)
            }
            for database in reading {
                try start(database, in: otherThreads) { [readers] in readers.run(on: $0) }
            }
        } catch {
            // Threads that have begun come to their end.
            readers.close()
            checkpointer.close()
            writer.close()
            throw StorageError(opening: error)
        }
    }

    var commitCount: Int { writer.commitCount }

    func write<Value: Sendable>(
        _ body: @escaping @Sendable (WriteTransaction) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        try await writer.write(body)
    }

    func read<Value: Sendable>(
        _ body: @escaping @Sendable (Connection) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        try await readers.read(body)
    }

    /// Finishes the work that was taken and closes the file.
    ///
    /// The writer goes last: whoever closes the file last empties the log into it, which readers
    /// may not do.
    func close() async {
        bell.close()
        readers.close()
        checkpointer.close()
        await Self.wait(for: otherThreads)
        writer.close()
        await Self.wait(for: writingThread)
        lock.release()
    }

    private static func wait(for threads: DispatchGroup) async {
        await withCheckedContinuation { continuation in
            threads.notify(queue: .global()) { continuation.resume() }
        }
    }

    /// Gives the database a thread that is its own until `work` returns.
    private func start(
        _ database: DatabaseQueue,
        in threads: DispatchGroup,
        _ work: @escaping @Sendable (Connection) -> Void
    ) throws(StorageError) {
        threads.enter()
        let body: @Sendable () -> Void = {
            defer { threads.leave() }
            database.inDatabase { database in
                guard let handle = unsafe database.sqliteConnection else { return }
                let connection = unsafe Connection(handle: handle)
                defer { connection.finalizeStatements() }
                work(connection)
            }
            // An error here means that the file stays open until the process ends, no worse.
            try? database.close()
        }
        do throws(StorageError) {
            try DatabaseThread.start(body)
        } catch {
            threads.leave()
            throw error
        }
    }
}
