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
            throw PluginError(
                .answerInvalid,
                "\(plugin) answered \(function) with a broken value: "
                    + error.message,
                plugin: plugin,
                function: function,
                pointer: "/\(error.root)"
            )
        }
        return (0..<batch.count).map { index in
            let root = batch[index]
            return RawJSON(checked: root.text ?? root.value?.jsonText() ?? Array("null".utf8))
        }
    }
}
