import Contracts
import LabelModel
import Synchronization

/// Puts the writes that wait into one transaction, commits it once, then answers all of them.
///
/// The disk's flush dominates a small write. While one is under way the next writes gather, so the
/// more callers there are, the more of them share a flush. Each write has a savepoint of its own:
/// one that refuses leaves nothing behind and takes no other with it.
final class GroupCommitWriter: Sendable {
    /// Writes of one transaction at most.
    static let batchLimit = 512
    /// After this long a transaction takes no more writes: whoever is in it wants an answer.
    static let batchDuration = Duration.milliseconds(8)

    private let jobs = JobQueue<any AnyWriteJob>()
    private let clock: any WallClock
    private let queue: LeaseQueue
    private let checkpointer: Checkpointer
    private let bell: EventBell
    private let commits = Atomic<Int>(0)

    init(
        clock: any WallClock,
        queue: LeaseQueue,
        checkpointer: Checkpointer,
        bell: EventBell
    ) {
        self.clock = clock
        self.queue = queue
        self.checkpointer = checkpointer
        self.bell = bell
    }

    /// Transactions committed so far.
    var commitCount: Int { commits.load(ordering: .relaxed) }

    /// Runs a write and waits until it is durable.
    func write<Value: Sendable>(
        _ body: @escaping @Sendable (WriteTransaction) throws(StorageError) -> Value
    ) async throws(StorageError) -> Value {
        let outcome: Result<Value, StorageError> = await withCheckedContinuation { continuation in
            let job = WriteJob(body, continuation)
            if !jobs.add(job) { job.finish(.closed) }
        }
        return try outcome.get()
    }

    /// Takes no more writes; those that were taken are still done.
    func close() {
        jobs.close(threads: 1)
    }

    // MARK: On the writer's thread

    private static let begin = SQLText("BEGIN IMMEDIATE")
    private static let commit = SQLText("COMMIT")
    private static let rollBack = SQLText("ROLLBACK")
    private static let setSavepoint = SQLText("SAVEPOINT one_write")
    private static let releaseSavepoint = SQLText("RELEASE one_write")
    private static let rollBackToSavepoint = SQLText("ROLLBACK TO one_write")

    /// Works until the queue is closed and empty.
    func run(on connection: Connection) {
        let identifiers = IdentifierSequences(connection: connection)
        var writtenPages: Int64 = 0
        while true {
            var waiting = jobs.take(upTo: Self.batchLimit)[...]
            if waiting.isEmpty { return }
            while !waiting.isEmpty {
                commitSome(of: &waiting, on: connection, identifiers)
                writtenPages += connection.takeWrittenPages()
                checkpointer.afterCommit(&writtenPages, on: connection)
            }
        }
    }

    /// Runs writes in one transaction and answers them.
    private func commitSome(
        of waiting: inout ArraySlice<any AnyWriteJob>,
        on connection: Connection,
        _ identifiers: IdentifierSequences
    ) {
        var taken: [any AnyWriteJob] = []
        var events: [QueueEvent] = []
        var hasAnnounced = false
        do {
            try connection.run(Self.begin)
            let deadline = ContinuousClock.now + Self.batchDuration
            repeat {
                guard let job = waiting.popFirst() else { break }
                taken.append(job)
                if let done = try runAlone(job, on: connection, identifiers) {
                    events += done.events
                    hasAnnounced = hasAnnounced || done.hasAnnounced
                }
                if waiting.isEmpty {
                    waiting = jobs.takeNow(upTo: Self.batchLimit - taken.count)[...]
                }
            } while !waiting.isEmpty && ContinuousClock.now < deadline
            try identifiers.flush()
            try connection.run(Self.commit)
        } catch {
            identifiers.discard()
            if !connection.isAutocommitting { try? connection.run(Self.rollBack) }
            if taken.isEmpty {
                // The transaction could not even begin; the next one would wait as long in vain.
                taken = Array(waiting)
                waiting = []
            }
            for job in taken { job.finish(error) }
            return
        }
        commits.add(1, ordering: .relaxed)
        // Before the callers go on, so that whoever annotated a task is not handed it again.
        queue.apply(events)
        if hasAnnounced { bell.ring() }
        for job in taken { job.finish(nil) }
    }

    /// Runs one write so that its refusal undoes it alone.
    ///
    /// - Returns: The transaction with what others must learn of it; nil when it refused.
    /// - Throws: What ended the whole transaction.
    private func runAlone(
        _ job: any AnyWriteJob,
        on connection: Connection,
        _ identifiers: IdentifierSequences
    ) throws(StorageError) -> WriteTransaction? {
        let transaction = WriteTransaction(
            connection: connection,
            identifiers: identifiers,
            now: clock.now()
        )
        try connection.run(Self.setSavepoint)
        let refusal = job.run(in: transaction)
        // A full disk or a failing one makes the engine roll back everything by itself.
        if let refusal, connection.isAutocommitting { throw refusal }
        if refusal != nil { try connection.run(Self.rollBackToSavepoint) }
        try connection.run(Self.releaseSavepoint)
        return refusal == nil ? transaction : nil
    }
}
