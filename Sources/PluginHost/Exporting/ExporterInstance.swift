import CPostilPlugin
import Contracts
import ValueTree

/// One open instance of an exporter, and everything that lives as long as it.
///
/// Used on the instance's thread only, one call at a time; proof for `@unchecked Sendable`.
@safe final class ExporterInstance: @unchecked Sendable {
    private enum State {
        case open
        /// A call failed; only `abort` and `close` are left.
        case failed
        case closed
    }

    let cancel = CancelWord()
    private let plugin: PluginVersion
    private let table: postil_exporter_t
    private let reads: ValueReads
    private let sinks: SinkBridge
    private let losses = LossBridge()
    private let keys = KeyBridge()
    private let media: MediaBridge?
    private var instance: UnsafeMutableRawPointer?
    private var builder: ValueBatchBuilder
    private var state = State.open

    /// Opens the instance.
    ///
    /// - Parameters:
    ///   - loaded: The plugin.
    ///   - name: The capability's name in the manifest.
    ///   - context: JSON object: project, labeling config, settings.
    ///   - sinks: Where it may write.
    ///   - clock: The clock of the call that this is part of.
    /// - Throws: What the plugin reports, or `answer_invalid` for a table that will not do.
    init(
        _ loaded: LoadedPlugin,
        name: String,
        context: [UInt8],
        sinks: SinkBridge,
        clock: CallClock
    ) throws(PluginError) {
        plugin = loaded.plugin
        self.sinks = sinks
        media = sinks.media.map { MediaBridge($0) }
        let pointer = unsafe try loaded.capability(.exporter, named: name)
        unsafe table = try SizedTable.read(
            pointer,
            through: MemoryLayout<postil_exporter_t>.offset(of: \.close),
            name: "exporter table",
            into: postil_exporter_t()
        )
        reads = try Self.reads(table, plugin)
        builder = ValueBatchBuilder(keys: keys.keys, reads: reads)
        try open(name: name, context: context, clock: clock)
        keys.close()
    }

    func consume(_ batch: ExportBatch, _ clock: CallClock) throws(PluginError) {
        guard state == .open else { throw ended("exporter.consume") }
        state = .failed
        for entry in batch.entries {
            try builder.append(entry, of: batch, plugin)
            if builder.isFull { try handOver(clock) }
        }
        if !builder.isEmpty { try handOver(clock) }
        state = .open
    }

    /// Ends the export and closes the instance, also when it fails.
    func finish(_ clock: CallClock) throws(PluginError) -> LossReport {
        guard state == .open else { throw ended("exporter.finish") }
        state = .failed
        do throws(PluginError) {
            unsafe try call("exporter.finish", clock) { error in
                unsafe table.finish?(instance, error) ?? Int32(POSTIL_OK)
            }
            try sinks.closeAll()
        } catch {
            abort(clock)
            throw error
        }
        close(clock)
        return losses.report
    }

    /// Gives the export up and closes the instance; nothing if that has happened.
    func abort(_ clock: CallClock) {
        guard state != .closed else { return }
        sinks.shut()
        clock.inPlugin { unsafe table.abort?(instance) }
        close(clock)
    }

    private func open(name: String, context: [UInt8], clock: CallClock) throws(PluginError) {
        let tree: ValueTree
        do {
            tree = try ValueTree(json: context, keys: keys.keys)
        } catch {
            throw PluginError(
                .callFailed,
                "The context of the export is not JSON: \(error.message)",
                plugin: plugin
            )
        }
        guard let function = unsafe table.open else {
            throw PluginError(.answerInvalid, "The exporter of \(plugin) has no `open`.")
        }
        let missing = unsafe [
            table.consume == nil, table.finish == nil, table.abort == nil, table.close == nil,
        ]
        guard !missing.contains(true) else {
            throw PluginError(
                .answerInvalid,
                "The exporter of \(plugin) lacks one of its functions.",
                hint: "consume, finish, abort and close are all needed.",
                plugin: plugin
            )
        }
        unsafe try call("exporter.open", clock) { error in
            unsafe tree.withABI { context in
                unsafe withBytes(of: name) { name in
                    var arguments = unsafe postil_exporter_open_t()
                    unsafe arguments.size = UInt32(MemoryLayout<postil_exporter_open_t>.size)
                    unsafe arguments.name = name
                    unsafe arguments.context_borrowed = context
                    unsafe arguments.keys = UnsafePointer(keys.table)
                    unsafe arguments.sinks = UnsafePointer(sinks.table)
                    unsafe arguments.losses = UnsafePointer(losses.table)
                    if let media { unsafe arguments.media = UnsafePointer(media.table) }
                    unsafe arguments.cancel = cancel.pointer
                    return unsafe function(&arguments, &instance, error)
                }
            }
        }
    }

    private func handOver(_ clock: CallClock) throws(PluginError) {
        let batch: ValueBatch
        do throws(ValueTreeError) {
            batch = try builder.finish()
        } catch {
            throw PluginError(
                .callFailed,
                "A batch of tasks cannot be built: \(error.message)",
                plugin: plugin
            )
        }
        unsafe try call("exporter.consume", clock) { error in
            unsafe batch.withABI { unsafe table.consume?(instance, $0, error) ?? Int32(POSTIL_OK) }
        }
    }

    private func close(_ clock: CallClock) {
        state = .closed
        clock.inPlugin { unsafe table.close?(instance) }
    }

    /// - Throws: The host's own failure where there was one: it is the cause of the plugin's.
    private func call(
        _ function: String,
        _ clock: CallClock,
        _ body: (UnsafeMutablePointer<postil_error_t>) -> postil_status_t
    ) throws(PluginError) {
        sinks.clock = clock
        media?.clock = clock
        defer {
            sinks.clock = nil
            media?.clock = nil
        }
        do throws(PluginError) {
            _ = unsafe try CallError.check(function, of: plugin) { error in
                clock.inPlugin { unsafe body(error) }
            }
        } catch {
            throw sinks.failure ?? error
        }
        if let failure = sinks.failure { throw failure }
    }

    private func ended(_ function: String) -> PluginError {
        PluginError(
            .callFailed,
            "The export has ended; nothing more can be written.",
            plugin: plugin,
            function: function
        )
    }

    private static func reads(_ table: postil_exporter_t, _ plugin: PluginVersion)
        throws(PluginError) -> ValueReads
    {
        guard let reads = ValueReads(wire: table.reads) else {
            throw PluginError(
                .answerInvalid,
                "The exporter of \(plugin) does not say what it reads.",
                hint: "Set `reads` to POSTIL_READS_TEXT, POSTIL_READS_TREE or both.",
                plugin: plugin
            )
        }
        return reads
    }
}
