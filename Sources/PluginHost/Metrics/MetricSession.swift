import Contracts

/// How a metric is opened and asked in a process: by the table of its library, or as a bound
/// function.
///
/// Used by one thread at a time.
protocol MetricSession: AnyObject {
    /// Opens the metric in a fresh process, for the first time or in place of one that died.
    func begin(_ worker: Worker) throws(WorkerFailure)

    /// Asks the process that ``begin(_:)`` was given last.
    func scores(_ batch: MetricBatch, _ worker: Worker) throws(WorkerFailure) -> [MetricScore]
}
