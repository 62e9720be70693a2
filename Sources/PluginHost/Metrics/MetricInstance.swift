import CPostilPlugin
import Contracts
import ValueTree

/// One open instance of a metric, and everything that lives as long as it.
///
/// Used on the instance's thread only, one call at a time; proof for `@unchecked Sendable`.
@safe final class MetricInstance: @unchecked Sendable {
    let cancel = CancelWord()
    private let plugin: PluginVersion
    private let metric: PluginMetric
    private let table: postil_metric_t
    private let keys = KeyBridge()
    private var instance: UnsafeMutableRawPointer?
    private var isClosed = false

    /// Opens the instance.
    ///
    /// - Parameters:
    ///   - loaded: The plugin.
    ///   - metric: What the manifest says of the metric.
    ///   - context: JSON object: project, labeling config, settings.
    ///   - clock: The clock of the call that this is part of.
    /// - Throws: What the plugin reports, or `answer_invalid` for a table that will not do or that
    ///   says something else than the manifest.
    init(
        _ loaded: LoadedPlugin,
        metric: PluginMetric,
        context: [UInt8],
        clock: CallClock
    ) throws(PluginError) {
        plugin = loaded.plugin
        self.metric = metric
        let pointer = unsafe try loaded.capability(.metric, named: metric.name)
        unsafe table = try SizedTable.read(
            pointer,
            through: MemoryLayout<postil_metric_t>.offset(of: \.close),
            name: "metric table",
            into: postil_metric_t()
        )
        try MetricDeclaration.check(table, metric, plugin)
        try open(context: context, clock: clock)
        keys.close()
    }

    func scores(_ batch: MetricBatch, _ clock: CallClock) throws(PluginError) -> [MetricScore] {
        guard !isClosed else {
            throw PluginError(.callFailed, "The metric is closed.", plugin: plugin)
        }
        guard !batch.questions.isEmpty else { return [] }
        let roots = try MetricRoots.batch(batch, keys: keys.keys, plugin)
        let parts = PartsBridge(metric: metric, questions: batch.questions.count)
        let columns = MetricColumns(batch.questions)
        var scores = [Double](repeating: .nan, count: batch.questions.count)
        let function = unsafe table.score_batch == nil ? "metric.score" : "metric.score_batch"
        _ = unsafe try CallError.check(function, of: plugin) { error in
            unsafe scores.withUnsafeMutableBufferPointer { scores in
                unsafe roots.withABI { roots in
                    unsafe columns.withABI { batch in
                        unsafe batch.roots_borrowed = roots
                        unsafe batch.scores = scores.baseAddress
                        unsafe batch.parts = UnsafePointer(parts.table)
                        return clock.inPlugin { unsafe call(&batch, error) }
                    }
                }
            }
        }
        return try MetricDeclaration.scores(scores, parts, batch, metric, plugin)
    }

    /// Closes the instance; nothing if that has happened.
    func close(_ clock: CallClock) {
        guard !isClosed else { return }
        isClosed = true
        clock.inPlugin { unsafe table.close?(instance) }
    }

    private func open(context: [UInt8], clock: CallClock) throws(PluginError) {
        let tree: ValueTree
        do {
            tree = try ValueTree(json: context)
        } catch {
            throw PluginError(
                .callFailed,
                "The context of the metric is not JSON: \(error.message)",
                plugin: plugin
            )
        }
        _ = unsafe try CallError.check("metric.open", of: plugin) { error in
            unsafe tree.withABI { context in
                unsafe withBytes(of: metric.name) { name in
                    var arguments = unsafe postil_metric_open_t()
                    unsafe arguments.size = UInt32(MemoryLayout<postil_metric_open_t>.size)
                    unsafe arguments.name = name
                    unsafe arguments.context_borrowed = context
                    unsafe arguments.keys = UnsafePointer(keys.table)
                    unsafe arguments.cancel = cancel.pointer
                    return clock.inPlugin {
                        unsafe table.open?(&arguments, &instance, error)
                            ?? Int32(POSTIL_ERROR_INTERNAL)
                    }
                }
            }
        }
    }

    @unsafe private func call(
        _ batch: UnsafeMutablePointer<postil_metric_batch_t>,
        _ error: UnsafeMutablePointer<postil_error_t>
    ) -> postil_status_t {
        if let function = unsafe table.score_batch {
            return unsafe function(instance, batch, error)
        }
        return unsafe postil_metric_score_each(
            table.score,
            instance,
            batch,
            cancel.pointer,
            error
        )
    }
}
