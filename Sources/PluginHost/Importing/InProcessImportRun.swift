import Contracts
import LabelModel

/// An import through a plugin in this process.
final class InProcessImportRun: ImportRun {
    private let calls: PluginCalls
    private let source: ImportSourceInstance

    init(calls: PluginCalls, source: ImportSourceInstance) {
        self.calls = calls
        self.source = source
    }

    /// An import that nobody closes any more is closed here.
    deinit {
        calls.end { [source] in source.close(CallClock()) }
    }

    func next() async throws(PluginError) -> [RawJSON]? {
        let (calls, source) = (calls, source)
        let result: Result<ImportTurn, PluginError> =
            await withTaskCancellationHandler {
                do throws(PluginError) {
                    return .success(
                        try await calls.call("import_source.next") { (clock) throws(PluginError) in
                            try source.next(clock)
                        }
                    )
                } catch {
                    return .failure(error)
                }
            } onCancel: {
                source.cancel.set()
            }
        return await (try result.get()).tasks()
    }

    func close() async {
        source.cancel.set()
        // What the plugin says of its own end helps nobody; a call over its limit is on record.
        try? await calls.call("import_source.close") { [source] clock in source.close(clock) }
    }
}
