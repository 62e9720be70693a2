import Contracts
import Dispatch
import GRDB

/// The database file with one writer, several readers and the queue that watches the writes.
final class Engine: Sendable {
    let clock: any WallClock
    let queue: LeaseQueue
    let lock: InstanceLock
    private let writer: GroupCommitWriter
    private let readers: ReaderPool
    private let threads = DispatchGroup()

    /// Opens the file, brings its tables up to date and starts the threads.
    ///
    /// Blocks meanwhile.
    init(path: String, clock: any WallClock, settings: SQLiteStorageSettings)
        throws(StorageError)
    {
        self.clock = clock
        queue = LeaseQueue(clock: clock, leaseSeconds: settings.leaseSeconds)
        writer = GroupCommitWriter(clock: clock, queue: queue)
        readers = ReaderPool(threadCount: settings.readerCount)
        do {
            let writing = try DatabaseFile.openForWriting(path, settings)
            lock = try InstanceLock(path: path + "-instances")
            let reading = try (0..<settings.readerCount).map { _ in
                try DatabaseFile.openForReading(path, settings)
            }
            start(writing) { [writer] in writer.run(on: $0) }
            for database in reading { start(database) { [readers] in readers.run(on: $0) } }
        } catch {
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
    func close() async {
        writer.close()
        readers.close()
        await withCheckedContinuation { continuation in
            threads.notify(queue: .global()) { continuation.resume() }
        }
        lock.release()
    }

    /// Gives the database a thread that is its own until `work` returns.
    private func start(_ database: DatabaseQueue, _ work: @escaping @Sendable (Connection) -> Void)
    {
        let thread = DispatchQueue(label: "postil.\(database.configuration.label ?? "database")")
        thread.async(group: threads) {
            database.inDatabase { database in
                guard let handle = unsafe database.sqliteConnection else { return }
                let connection = unsafe Connection(handle: handle)
                defer { connection.finalizeStatements() }
                work(connection)
            }
            // An error here means that the file stays open until the process ends, no worse.
            try? database.close()
        }
    }
}
