import CPluginWire
import Contracts
import ValueTree

/// A metric of a plugin's own library, asked by the table of `postil/metric.h`.
final class LibraryMetricSession: MetricSession {
    private let plugin: PluginVersion
    private let metric: PluginMetric
    private let context: [UInt8]
    private let limit: Duration
    /// Of the process that was begun last.
    private var keys = ValueKeys()
    private var slot: InputSlot?

    init(_ workers: WorkerFactory, _ metric: PluginMetric, context: [UInt8]) {
        plugin = workers.plugin
        limit = workers.callLimit
        self.metric = metric
        self.context = context
    }

    func begin(_ worker: Worker) throws(WorkerFailure) {
        keys = ValueKeys()
        slot = nil
        var output = MetricOutput(plugin, keys: keys)
        var call = WorkerCall(function: .openMetric, name: metric.name)
        try fill(&call, [SlotPart(try contextTree())])
        let answer = try output.collect(call, worker, limit: limit)
        do throws(PluginError) {
            if let table = output.table {
                try MetricDeclaration.check(
                    subject: table.subject,
                    flags: table.flags,
                    minimum: table.minimum,
                    maximum: table.maximum,
                    metric,
                    plugin
                )
            }
            try answer.check(.openMetric, named: metric.name, of: plugin)
        } catch {
            throw .refused(error)
        }
    }

    func scores(_ batch: MetricBatch, _ worker: Worker) throws(WorkerFailure) -> [MetricScore] {
        let count = batch.questions.count
        let parts = PartsBridge(metric: metric, questions: count)
        var output = MetricOutput(plugin, numberCount: count, parts: parts)
        var call = WorkerCall(function: .score, sequence: UInt64(count))
        call.firstTask = batch.roots.first?.task ?? 0
        call.taskCount = Set(batch.roots.map(\.task)).count
        let columns = MetricColumns(batch.questions)
        let roots: ValueBatch
        do throws(PluginError) {
            roots = try MetricRoots.batch(batch, keys: keys, plugin)
        } catch {
            throw .refused(error)
        }
        try fill(&call, [SlotPart(roots)] + columns.parts)
        let answer = try output.collect(call, worker, limit: limit)
        do throws(PluginError) {
            try answer.check(.score, named: metric.name, of: plugin)
        } catch {
            throw .refused(error)
        }
        try output.checkNumbers()
        do throws(PluginError) {
            return try MetricDeclaration.scores(output.numbers, parts, batch, metric, plugin)
        } catch {
            throw .refused(error)
        }
    }

    private func fill(_ call: inout WorkerCall, _ parts: [SlotPart]) throws(WorkerFailure) {
        do throws(PluginError) {
            try call.fill(parts, reusing: slot)
        } catch {
            throw .refused(error)
        }
        slot = call.slot
    }

    private func contextTree() throws(WorkerFailure) -> ValueTree {
        do {
            return try ValueTree(json: context, keys: keys)
        } catch {
            throw .refused(
                PluginError(
                    .callFailed,
                    "The context of the metric is not JSON: \(error.message)",
                    plugin: plugin
                )
            )
        }
    }
}
