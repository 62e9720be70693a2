import Contracts
import Synchronization

/// A metric in a process of its own, which may lose that process.
///
/// Metrics are pure, so a process that dies is replaced and the batch asked once more; a batch that
/// ends two processes has failed.
///
/// Used by one thread at a time, ``cancel()`` apart; proof for `@unchecked Sendable`.
final class IsolatedMetric: @unchecked Sendable {
    private let workers: WorkerFactory
    private let session: any MetricSession
    /// The process in which the metric is open.
    private var worker: Worker?
    private var isClosed = false
    private let current = Mutex<(worker: Worker?, isCancelled: Bool)>((nil, false))

    init(_ workers: WorkerFactory, _ session: any MetricSession) {
        self.workers = workers
        self.session = session
    }

    func open() throws(PluginError) {
        try twice { (_: Worker) throws(WorkerFailure) in }
    }

    func scores(_ batch: MetricBatch) throws(PluginError) -> [MetricScore] {
        guard !isClosed else {
            throw PluginError(.callFailed, "The metric is closed.", plugin: workers.plugin)
        }
        guard !batch.questions.isEmpty else { return [] }
        return try twice { (worker) throws(WorkerFailure) in
            try session.scores(batch, worker)
        }
    }

    func close() {
        isClosed = true
        guard let worker else { return }
        self.worker = nil
        do throws(WorkerFailure) {
            try worker.end()
        } catch {
            if case .died(let death) = error { workers.report(death) }
            worker.kill()
        }
    }

    /// Asks the plugin to stop.
    func cancel() {
        current.withLock {
            $0.isCancelled = true
            $0.worker?.cancel()
        }
    }

    /// Runs `body` with the open process; once more, with a fresh one, when it dies.
    private func twice<Answer>(_ body: (Worker) throws(WorkerFailure) -> Answer)
        throws(PluginError) -> Answer
    {
        var isSecond = false
        while true {
            do throws(WorkerFailure) {
                let answer = try body(running())
                return answer
            } catch {
                worker?.kill()
                worker = nil
                switch error {
                case .refused(let error): throw workers.fail(error)
                case .died(let death):
                    let isCancelled = current.withLock { $0.isCancelled }
                    if isSecond || !death.isCrash || isCancelled { throw workers.fail(death) }
                    workers.report(death)
                    isSecond = true
                }
            }
        }
    }

    private func running() throws(WorkerFailure) -> Worker {
        if let worker { return worker }
        let started = try workers.make()
        let isCancelled = current.withLock { current in
            current.worker = started
            return current.isCancelled
        }
        if isCancelled { started.cancel() }
        try session.begin(started)
        worker = started
        return started
    }
}
