import Contracts
import LabelModel
import ValueTree

/// Takes over what a plugin has built, which is a stranger's memory until it is checked.
enum PluginAnswer {
    /// Each root as JSON text: as the plugin wrote it where it gave text, else rendered.
    ///
    /// - Throws: `answer_invalid` for an arena that is not well-formed.
    static func roots(
        of arena: inout PluginArena,
        _ function: String,
        _ plugin: PluginVersion
    ) throws(PluginError) -> [RawJSON] {
        let batch: ValueBatch
        do throws(ValueTreeError) {
            batch = try arena.take(keys: ValueKeys())
        } catch {
            throw broken(error, function, plugin)
        }
        return roots(of: batch)
    }

    /// The same for an arena that came as bytes; no bytes are no roots.
    static func roots(
        of bytes: [UInt8],
        capacity: Int,
        _ function: String,
        _ plugin: PluginVersion
    ) throws(PluginError) -> [RawJSON] {
        if bytes.isEmpty { return [] }
        do throws(ValueTreeError) {
            let batch = try PluginArena.take(
                bytes: bytes,
                keys: ValueKeys(),
                rootCapacity: capacity
            )
            return roots(of: batch)
        } catch {
            throw broken(error, function, plugin)
        }
    }

    private static func roots(of batch: ValueBatch) -> [RawJSON] {
        (0..<batch.count).map { index in
            let root = batch[index]
            return RawJSON(checked: root.text ?? root.value?.jsonText() ?? Array("null".utf8))
        }
    }

    private static func broken(_ error: ValueTreeError, _ function: String, _ plugin: PluginVersion)
        -> PluginError
    {
        PluginError(
            .answerInvalid,
            "\(plugin) answered \(function) with a broken value: \(error.message)",
            plugin: plugin,
            function: function,
            pointer: "/\(error.root)"
        )
    }
}
