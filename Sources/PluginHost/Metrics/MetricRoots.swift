import Contracts
import ValueTree

/// Turns the texts of a batch into the tree that a metric reads.
enum MetricRoots {
    /// - Throws: `call_failed` for a text that is not JSON or for a batch that is too large.
    static func batch(
        _ batch: MetricBatch,
        keys: ValueKeys,
        _ plugin: PluginVersion
    ) throws(PluginError) -> ValueBatch {
        var builder = ValueBatchBuilder(
            keys: keys,
            rootCapacity: batch.roots.count,
            reads: .tree
        )
        for root in batch.roots {
            do throws(JSONTextError) {
                try builder.append(
                    ValueRootFields(taskID: root.task),
                    json: Array(batch.bytes[root.text])
                )
            } catch {
                throw PluginError(
                    .callFailed,
                    "The answers to the task \(root.task) cannot be judged: \(error.message)",
                    plugin: plugin,
                    task: root.task,
                    pointer: error.pointer
                )
            }
        }
        do throws(ValueTreeError) {
            return try builder.finish()
        } catch {
            throw PluginError(
                .callFailed,
                "A batch of answers cannot be built: \(error.message)",
                plugin: plugin
            )
        }
    }
}
