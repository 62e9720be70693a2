import Contracts
import ValueTree

/// A capability's `needs`: names of tags, one of which the config must have, or an object that says
/// more.
enum ManifestNeeds {
    static func read(_ object: inout ManifestObject) throws(PluginError) -> ConfigNeeds {
        guard let value = object.value("needs") else { return ConfigNeeds() }
        guard value.kind == .object else {
            return ConfigNeeds(anyOf: try object.strings("needs").map { [$0] })
        }
        var inner = try ManifestObject(value)
        let needs = ConfigNeeds(
            anyOf: try sets("anyOf", of: &inner),
            noneOf: try sets("noneOf", of: &inner),
            with: try companions(&inner),
            oneDataField: try inner.bool("oneDataField") ?? false,
            valueList: try inner.bool("valueList") ?? true
        )
        try inner.refuseUnknown()
        return needs
    }

    private static func sets(
        _ name: String,
        of object: inout ManifestObject
    ) throws(PluginError) -> [[String]] {
        var sets: [[String]] = []
        for element in try object.elements(name) { sets.append(try tags(element, name)) }
        return sets
    }

    private static func companions(
        _ object: inout ManifestObject
    ) throws(PluginError) -> [String: [String]] {
        var companions: [String: [String]] = [:]
        guard let with = try object.object("with") else { return companions }
        for member in with.members {
            companions[member.name] = try tags(member.value, "with")
        }
        return companions
    }

    /// A list of one or more tags' names.
    private static func tags(_ list: JSONText, _ name: String) throws(PluginError) -> [String] {
        let tags = list.kind == .array ? list.elements.compactMap(\.string) : []
        guard !tags.isEmpty, tags.count == list.count else {
            throw .manifest(
                "has no list of tags in `\(name)`",
                at: list.pointer,
                hint: "Such as [\"Image\", \"RectangleLabels\"]."
            )
        }
        return tags
    }
}
