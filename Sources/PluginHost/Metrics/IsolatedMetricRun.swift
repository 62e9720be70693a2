import Contracts

/// A metric of a plugin in a process of its own.
final class IsolatedMetricRun: MetricRun {
    private let thread: CallThread
    private let metric: IsolatedMetric

    init(_ metric: IsolatedMetric, on thread: CallThread) {
        self.metric = metric
        self.thread = thread
    }

    /// A metric that nobody closes any more is closed here.
    deinit {
        metric.cancel()
        thread.run { [metric] in metric.close() }
        thread.retire()
    }

    func scores(_ batch: MetricBatch) async throws(PluginError) -> [MetricScore] {
        let metric = metric
        return try await thread.perform { () throws(PluginError) in
            try metric.scores(batch)
        } onCancel: {
            metric.cancel()
        }
    }

    func close() async {
        let metric = metric
        metric.cancel()
        try? await thread.perform { metric.close() }
    }
}
