import Contracts
import LabelModel

/// An import through a plugin in a process of its own.
final class IsolatedImportRun: ImportRun {
    private let thread: CallThread
    private let source: IsolatedImport

    init(_ source: IsolatedImport, on thread: CallThread) {
        self.source = source
        self.thread = thread
    }

    /// An import that nobody closes any more is closed here.
    deinit {
        source.cancel()
        thread.run { [source] in source.close() }
        thread.retire()
    }

    func next() async throws(PluginError) -> [RawJSON]? {
        let source = source
        let turn = try await thread.perform { () throws(PluginError) in
            try source.next()
        } onCancel: {
            source.cancel()
        }
        return await turn.tasks()
    }

    func close() async {
        let source = source
        source.cancel()
        try? await thread.perform { source.close() }
    }
}
