import Contracts
import LabelModel
import ValueTree

/// Checks what a tag's functions built.
enum TagAnswer {
    /// - Returns: The result as it is to be stored; `nil` when it stays as it is.
    static func normalized(_ root: RawJSON?, _ plugin: PluginVersion)
        throws(PluginError) -> RawJSON?
    {
        if let root, root.bytes.first != UInt8(ascii: "{") {
            throw noObject("tag.normalize", plugin)
        }
        return root
    }

    /// - Returns: Finite numbers by name.
    static func measures(_ root: RawJSON?, _ plugin: PluginVersion)
        throws(PluginError) -> [String: Double]
    {
        guard let root else { return [:] }
        guard let text = try? JSONText(parsing: root.bytes), text.kind == .object else {
            throw noObject("tag.measures", plugin)
        }
        let pairs = text.members.compactMap { member in
            member.value.double.map { (member.name, $0) }
        }
        return Dictionary(pairs, uniquingKeysWith: { _, last in last })
    }

    private static func noObject(_ function: String, _ plugin: PluginVersion) -> PluginError {
        PluginError(
            .answerInvalid,
            "\(plugin) answered \(function) with something else than an object.",
            plugin: plugin,
            function: function
        )
    }
}
