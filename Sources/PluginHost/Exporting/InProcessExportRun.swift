import Contracts

/// An export through a plugin in this process.
final class InProcessExportRun: ExportRun {
    private let calls: PluginCalls
    private let exporter: ExporterInstance

    init(calls: PluginCalls, exporter: ExporterInstance) {
        self.calls = calls
        self.exporter = exporter
    }

    /// An export that nobody ends any more is given up.
    deinit {
        calls.end { [exporter] in exporter.abort(CallClock()) }
    }

    func consume(_ batch: ExportBatch) async throws(PluginError) {
        try await cancellable("exporter.consume") { (exporter, clock) throws(PluginError) in
            try exporter.consume(batch, clock)
        }
    }

    func finish() async throws(PluginError) -> LossReport {
        try await cancellable("exporter.finish") { (exporter, clock) throws(PluginError) in
            try exporter.finish(clock)
        }
    }

    func abort() async {
        exporter.cancel.set()
        // What the plugin says of its own end helps nobody; a call over its limit is on record.
        try? await calls.call("exporter.abort") { [exporter] clock in exporter.abort(clock) }
    }

    /// Makes a call that the end of the calling task asks the plugin to leave early.
    private func cancellable<Answer: Sendable>(
        _ function: String,
        _ body: @escaping @Sendable (ExporterInstance, CallClock) throws(PluginError) -> Answer
    ) async throws(PluginError) -> Answer {
        let (calls, exporter) = (calls, exporter)
        let result: Result<Answer, PluginError> = await withTaskCancellationHandler {
            do throws(PluginError) {
                return .success(
                    try await calls.call(function) { (clock) throws(PluginError) in
                        try body(exporter, clock)
                    }
                )
            } catch {
                return .failure(error)
            }
        } onCancel: {
            exporter.cancel.set()
        }
        return try result.get()
    }
}
