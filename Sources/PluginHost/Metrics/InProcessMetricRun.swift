import Contracts

/// A metric of a plugin in this process.
final class InProcessMetricRun: MetricRun {
    private let calls: PluginCalls
    private let instance: MetricInstance

    init(calls: PluginCalls, instance: MetricInstance) {
        self.calls = calls
        self.instance = instance
    }

    /// A metric that nobody closes any more is closed here.
    deinit {
        calls.end { [instance] in instance.close(CallClock()) }
    }

    func scores(_ batch: MetricBatch) async throws(PluginError) -> [MetricScore] {
        let (calls, instance) = (calls, instance)
        let result: Result<[MetricScore], PluginError> = await withTaskCancellationHandler {
            do throws(PluginError) {
                return .success(
                    try await calls.call("metric.score") { (clock) throws(PluginError) in
                        try instance.scores(batch, clock)
                    }
                )
            } catch {
                return .failure(error)
            }
        } onCancel: {
            instance.cancel.set()
        }
        return try result.get()
    }

    func close() async {
        instance.cancel.set()
        // What the plugin says of its own end helps nobody; a call over its limit is on record.
        try? await calls.call("metric.close") { [instance] clock in instance.close(clock) }
    }
}
