import Contracts
import LabelModel
import ValueTree

/// The manifest's `permissions`: what a plugin asks for beyond its own memory.
enum ManifestPermissions {
    /// Checks the object's shape.
    ///
    /// - Returns: It as it stands; `{}` when there is none. `network` is true, false or a list of
    ///   hosts; `scratch` and `memory` are bytes, `threads` a number.
    static func read(_ text: JSONText?) throws(PluginError) -> RawJSON {
        guard let text else { return .emptyObject }
        var object = try ManifestObject(text)
        if let network = object.value("network"), network.bool == nil {
            guard network.kind == .array, network.elements.allSatisfy({ $0.string != nil }) else {
                throw .manifest(
                    "has \(network.kindInWords) as `network`",
                    at: network.pointer,
                    hint: "true, false or an array of host names."
                )
            }
        }
        _ = try object.integer("scratch")
        _ = try object.integer("memory")
        _ = try object.integer("threads", in: 1...1024)
        try object.refuseUnknown()
        return RawJSON(checked: text.rawBytes)
    }
}
