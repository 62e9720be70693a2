import Contracts
import ValueTree

/// The manifest's `bindings`: plain C functions of any shared library, offered as metrics.
enum ManifestBindings {
    static let maximumBindings = 64

    static func read(_ entries: [JSONText]) throws(PluginError) -> [BindingDescription] {
        guard entries.count <= maximumBindings else {
            throw .manifest("binds more than \(maximumBindings) functions", at: "/bindings")
        }
        var bindings: [BindingDescription] = []
        for entry in entries {
            let binding = try BindingDescription(entry)
            let name = binding.metric.name
            guard !bindings.contains(where: { $0.metric.name.lowercased() == name.lowercased() })
            else {
                throw .manifest("has the binding `\(name)` twice", at: entry.pointer + "/name")
            }
            bindings.append(binding)
        }
        return bindings
    }

    /// Checks that a function of the package's own library has one to be in.
    static func checkLibraries(
        _ bindings: [BindingDescription],
        _ libraries: [ManifestDocument.Library]
    ) throws(PluginError) {
        guard let binding = bindings.first(where: { $0.library == nil }), libraries.isEmpty else {
            return
        }
        throw .manifest(
            "binds `\(binding.symbol)` and does not say of which library",
            at: binding.pointer,
            hint: "Add `library`, such as libm.so.6, or list the package's own in `libraries`."
        )
    }
}
