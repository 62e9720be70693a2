import Contracts
import LabelModel
import ValueTree

/// What every task of an import source must be.
enum ImportedTasks {
    /// - Throws: `answer_invalid` for the first that is no object with an object `data`.
    static func check(_ tasks: [RawJSON], _ plugin: PluginVersion) throws(PluginError) {
        for (index, task) in tasks.enumerated() {
            let text = try? JSONText(parsing: task.bytes)
            guard let text, text.kind == .object, text["data"]?.kind == .object else {
                throw PluginError(
                    .answerInvalid,
                    "\(plugin) gave a task that is no object with an object `data`.",
                    plugin: plugin,
                    function: "import_source.next",
                    pointer: "/\(index)"
                )
            }
        }
    }
}
