import Contracts
import LabelModel
import Synchronization

/// One export from its opening to its last byte.
///
/// 1. ``open(_:context:_:)`` once; it may refuse.
/// 2. ``run()`` once; it always ends the channel.
final class ExportJob: Sendable {
    private let source: any BatchSource
    private let channel: ChunkChannel
    private let sink: any ExportSink
    private let archive: ArchiveSink?
    private let onEnd: @Sendable (ExportReport.State) -> Void
    private let opened = Mutex<(any ExportRun)?>(nil)

    /// `onEnd` is told once, before the channel ends, how the export went.
    init(
        source: any BatchSource,
        channel: ChunkChannel,
        isArchive: Bool,
        createdAt: Timestamp,
        media: (any MediaSource)?,
        onEnd: @escaping @Sendable (ExportReport.State) -> Void
    ) {
        self.source = source
        self.channel = channel
        self.onEnd = onEnd
        if isArchive {
            let archive = ArchiveSink(channel: channel, createdAt: createdAt, media: media)
            self.archive = archive
            sink = archive
        } else {
            archive = nil
            sink = SingleFileSink(channel: channel, media: media)
        }
    }

    func open(
        _ exporter: CapabilityReport,
        context: [UInt8],
        _ catalog: any PluginCatalog
    ) async throws(ServiceError) {
        let run: any ExportRun
        do {
            run = try await catalog.openExporter(
                exporter.plugin,
                name: exporter.capability.name,
                context: context,
                sink: sink
            )
        } catch {
            throw ServiceError(error)
        }
        opened.withLock { $0 = run }
    }

    func run() async {
        guard let run = opened.withLock({ $0.take() }) else { return channel.finish() }
        do {
            try await feed(run)
        } catch {
            await run.abort()
            return fail(error)
        }
        do {
            let losses = try await run.finish()
            try await finishArchive()
            onEnd(.finished(losses))
            channel.finish()
        } catch {
            fail(ServiceError(error))
        }
    }

    private func fail(_ failure: ServiceError) {
        onEnd(.failed(failure))
        channel.finish(failure)
    }

    /// Hands all tasks to the exporter.
    ///
    /// The next ones are read while it works on these.
    private func feed(_ run: any ExportRun) async throws(ServiceError) {
        do {
            var current = try await source.next()
            while let batches = current {
                async let following = source.next()
                for batch in batches {
                    if channel.isAbandoned { throw ServiceError(.receiverGone) }
                    try await run.consume(batch)
                }
                current = try await following
            }
        } catch let error as ServiceError {
            throw error
        } catch let error as PluginError {
            throw ServiceError(error)
        } catch {
            var failure = ServiceError(.failed, "export_failed", "The export failed.")
            failure.cause = String(describing: error)
            throw failure
        }
    }

    /// The archive's directory may have to wait for the reader, so it is written where blocking
    /// does no harm.
    private func finishArchive() async throws(PluginError) {
        guard let archive else { return }
        let failure = await BlockingWork.run { () -> PluginError? in
            do throws(PluginError) {
                try archive.finish()
                return nil
            } catch {
                return error
            }
        }
        if let failure { throw failure }
    }
}
