import Contracts
import Synchronization

/// An export through a plugin in a process of its own, which may lose that process.
///
/// 1. ``open()``, then ``consume(_:)`` any number of times, then ``finish()`` or ``abort()``.
/// 2. When the process dies, a fresh one is given everything again. The tasks that the dead one had
///    not answered for go one by one: a task that kills the second process too is left out, and
///    named in the loss report.
/// 3. Nothing but what an answered batch wrote reaches the sinks, and none of it twice.
///
/// Used by one thread at a time, ``cancel()`` apart; proof for `@unchecked Sendable`.
final class IsolatedExport: @unchecked Sendable {
    private enum State {
        case open(ExportAttempt)
        case ended
    }

    /// More tasks that each end a process are no accident of some data.
    private static let mostSkipped = 16

    private let workers: WorkerFactory
    private let name: String
    private let context: [UInt8]
    private let sinks: ReplayedSinks
    private let log: ReplayLog
    private var state = State.ended
    private var taskCount = 0
    /// Places of tasks that are left out, with why.
    private var skipped: [Int: PluginError] = [:]
    private let current = Mutex<(worker: Worker?, isCancelled: Bool)>((nil, false))

    init(
        _ workers: WorkerFactory,
        name: String,
        context: [UInt8],
        sink: any ExportSink
    ) throws(PluginError) {
        self.workers = workers
        self.name = name
        self.context = context
        log = try ReplayLog(folder: workers.temporaryFolder)
        let ledger = SinkLedger(
            plugin: workers.plugin,
            sink: sink,
            byteLimit: workers.outputByteLimit
        )
        sinks = ReplayedSinks(ledger, plugin: workers.plugin)
    }

    func open() throws(PluginError) {
        do throws(WorkerFailure) {
            state = .open(try begin())
        } catch {
            state = .open(try recover(from: error).attempt)
        }
    }

    func consume(_ batch: ExportBatch) throws(PluginError) {
        guard case .open(let attempt) = state else { throw ended("exporter.consume") }
        state = .ended
        let first = taskCount
        try log.append(batch)
        taskCount += batch.entries.count
        do throws(WorkerFailure) {
            for (index, entry) in batch.entries.enumerated() {
                try attempt.append(entry, ordinal: first + index, of: batch)
            }
            try attempt.flush()
            state = .open(attempt)
        } catch {
            state = .open(try recover(from: error, attempt).attempt)
        }
    }

    func finish() throws(PluginError) -> LossReport {
        guard case .open(let attempt) = state else { throw ended("exporter.finish") }
        state = .ended
        var losses: LossCollection
        do throws(WorkerFailure) {
            losses = try attempt.finish()
        } catch {
            guard let found = try recover(from: error, attempt, isFinishing: true).losses else {
                throw ended("exporter.finish")
            }
            losses = found
        }
        if let error = skipped.values.first, skipped.count == taskCount { throw error }
        for error in skipped.sorted(by: { $0.key < $1.key }).map(\.value) {
            losses.addSkipped(error)
        }
        return losses.report
    }

    func abort() {
        if case .open(let attempt) = state { attempt.abort() }
        state = .ended
        current.withLock { $0.worker?.kill() }
    }

    /// Asks the plugin to stop.
    func cancel() {
        current.withLock {
            $0.isCancelled = true
            $0.worker?.cancel()
        }
    }

    /// Starts a worker and opens the export in it.
    private func begin() throws(WorkerFailure) -> ExportAttempt {
        let worker = try workers.make()
        let isCancelled = current.withLock { current in
            current.worker = worker
            return current.isCancelled
        }
        if isCancelled { worker.cancel() }
        return try ExportAttempt(
            worker,
            name: name,
            context: context,
            sinks: sinks,
            limit: workers.callLimit
        )
    }

    /// Takes the export up again after its process died.
    ///
    /// - Returns: The attempt that goes on, and the losses when it was to be finished.
    /// - Throws: What the plugin or the host refused, or the death that could not be got over.
    private func recover(
        from failure: WorkerFailure,
        _ attempt: ExportAttempt? = nil,
        isFinishing: Bool = false
    ) throws(PluginError) -> (attempt: ExportAttempt, losses: LossCollection?) {
        var death = try deadly(failure, attempt)
        var search = Search(attempt)
        while true {
            guard death.isCrash, !current.withLock({ $0.isCancelled }) else {
                throw workers.fail(death)
            }
            workers.report(death)
            do throws(WorkerFailure) {
                let attempt = try begin()
                search.attempt = attempt
                try replay(into: attempt, &search)
                let losses = isFinishing ? try attempt.finish() : nil
                if search.found == 0 { workers.note(death.error(workers.plugin)) }
                return (attempt, losses)
            } catch {
                death = try deadly(error, search.attempt)
                try conclude(death, &search)
            }
        }
    }

    /// Gives everything again; the suspects one by one.
    private func replay(into attempt: ExportAttempt, _ search: inout Search) throws(WorkerFailure) {
        var ordinal = 0
        for index in 0..<log.count {
            let batch: ExportBatch
            do throws(PluginError) { batch = try log[index] } catch { throw .refused(error) }
            for entry in batch.entries {
                defer { ordinal += 1 }
                guard skipped[ordinal] == nil else { continue }
                let isSuspect = search.suspects.contains(ordinal)
                if isSuspect {
                    try attempt.flush()
                    try attempt.drain()
                    search.stepping = (ordinal, entry.task)
                }
                try attempt.append(entry, ordinal: ordinal, of: batch)
                if isSuspect {
                    try attempt.flush()
                    try attempt.drain()
                    search.stepping = nil
                }
            }
        }
        try attempt.flush()
    }

    /// What the death of another process means: a culprit, new suspects, or the end.
    private func conclude(_ death: WorkerDeath, _ search: inout Search) throws(PluginError) {
        if let (ordinal, task) = search.stepping {
            let error = death.error(workers.plugin, task: task)
            workers.note(error)
            skipped[ordinal] = error
            search.found += 1
            guard skipped.count <= Self.mostSkipped else { throw error }
            search.suspects = ordinal + 1..<max(search.suspects.upperBound, ordinal + 1)
            search.stepping = nil
            return
        }
        search.fruitless += 1
        guard search.fruitless < 2 else { throw workers.fail(death) }
        search.suspects = Search(search.attempt).suspects
    }

    private func deadly(_ failure: WorkerFailure, _ attempt: ExportAttempt?)
        throws(PluginError) -> WorkerDeath
    {
        switch failure {
        case .died(let death): return death
        case .refused(let error):
            attempt?.abort()
            throw workers.fail(error)
        }
    }

    private func ended(_ function: String) -> PluginError {
        PluginError(
            .callFailed,
            "The export has ended; nothing more can be written.",
            plugin: workers.plugin,
            function: function
        )
    }
}

/// The search for the task that ends processes.
private struct Search {
    /// Places of tasks that a dead process had not answered for.
    var suspects: Range<Int>
    /// The suspect that is being given alone.
    var stepping: (ordinal: Int, task: Int64)?
    var attempt: ExportAttempt?
    var found = 0
    /// Deaths that led to nothing.
    var fruitless = 0

    init(_ attempt: ExportAttempt?) {
        let first = attempt?.acknowledged ?? 0
        suspects = first..<max(attempt?.sent ?? 0, first)
        self.attempt = attempt
    }
}

extension LossCollection {
    /// Names a task that is left out because it ends the plugin's process.
    fileprivate mutating func addSkipped(_ error: PluginError) {
        let task = error.task.map { " \($0)" } ?? ""
        addEntry(
            code: "task_left_out",
            message: "The task\(task) is not in the export: \(error.message)"
        )
    }
}
