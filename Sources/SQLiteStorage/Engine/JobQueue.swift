import Dispatch
import Synchronization

/// Work that waits for a thread of ours.
///
/// Threads that block on the disk must not be threads of Swift's cooperative pool, of which there
/// are as many as cores. So callers suspend, and the threads of this module wait here.
final class JobQueue<Job: Sendable>: Sendable {
    private struct State {
        var waiting: [Job] = []
        var isClosed = false
    }

    private let state = Mutex(State())
    /// Signaled once for each job and once for each thread at the end.
    private let signals = DispatchSemaphore(value: 0)

    /// Adds a job.
    ///
    /// - Returns: False when the queue is closed; the job is not taken then.
    func add(_ job: Job) -> Bool {
        let isTaken = state.withLock { state in
            guard !state.isClosed else { return false }
            state.waiting.append(job)
            return true
        }
        if isTaken { signals.signal() }
        return isTaken
    }

    /// Waits for jobs and takes up to `limit` of them, the oldest first; blocks the thread.
    ///
    /// - Returns: The jobs; empty when the queue is closed and all its jobs were taken.
    func take(upTo limit: Int) -> [Job] {
        while true {
            signals.wait()
            let (jobs, isClosed) = state.withLock { state in
                (Self.takeFirst(limit, of: &state.waiting), state.isClosed)
            }
            if !jobs.isEmpty || isClosed { return jobs }
            // The jobs of this signal went along with those of an earlier one.
        }
    }

    /// Takes up to `limit` jobs that are there already.
    func takeNow(upTo limit: Int) -> [Job] {
        state.withLock { Self.takeFirst(limit, of: &$0.waiting) }
    }

    /// Takes no more jobs, and lets `threads` threads come out of ``take(upTo:)`` empty-handed
    /// once the jobs are done.
    func close(threads: Int) {
        let wasClosed = state.withLock { state in
            defer { state.isClosed = true }
            return state.isClosed
        }
        guard !wasClosed else { return }
        for _ in 0..<threads { signals.signal() }
    }

    private static func takeFirst(_ limit: Int, of jobs: inout [Job]) -> [Job] {
        if jobs.count <= limit {
            defer { jobs = [] }
            return jobs
        }
        defer { jobs.removeFirst(limit) }
        return Array(jobs.prefix(limit))
    }
}
