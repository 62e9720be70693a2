import Contracts

/// An export through a plugin in a process of its own.
///
/// A batch is on its way when ``consume(_:)`` returns; what the plugin says of it may come with a
/// later call, ``finish()`` at the latest.
final class IsolatedExportRun: ExportRun {
    private let thread: CallThread
    private let export: IsolatedExport

    init(_ export: IsolatedExport, on thread: CallThread) {
        self.export = export
        self.thread = thread
    }

    /// An export that nobody ends any more is given up.
    deinit {
        export.cancel()
        thread.run { [export] in export.abort() }
        thread.retire()
    }

    func consume(_ batch: ExportBatch) async throws(PluginError) {
        let export = export
        try await thread.perform { () throws(PluginError) in
            try export.consume(batch)
        } onCancel: {
            export.cancel()
        }
    }

    func finish() async throws(PluginError) -> LossReport {
        let export = export
        return try await thread.perform { () throws(PluginError) in
            try export.finish()
        } onCancel: {
            export.cancel()
        }
    }

    func abort() async {
        let export = export
        export.cancel()
        try? await thread.perform { export.abort() }
    }
}
