import Contracts
import ValueTree

/// The manifest's `tags`: the static part of the tags that a plugin adds.
enum ManifestTags {
    static func read(_ entries: [JSONText]) throws(PluginError) -> [TagDescription] {
        var tags: [TagDescription] = []
        var taken: Set<String> = []
        for entry in entries {
            let description = try TagDescription(entry)
            guard taken.insert(description.tag.lowercased()).inserted else {
                throw .manifest(
                    "describes the tag `\(description.tag)` twice",
                    at: entry.pointer + "/tag",
                    hint: "Tags that differ in case only are the same tag."
                )
            }
            tags.append(description)
        }
        return tags
    }

    /// Checks that each file a tag names is one that the browser may load.
    static func checkModules(_ tags: [TagDescription], against web: [ManifestDocument.WebEntry])
        throws(PluginError)
    {
        let listed = Set(web.map(\.path.description))
        for tag in tags {
            for file in [tag.module].compactMap(\.self) + tag.styles where !listed.contains(file) {
                throw .manifest(
                    "names the file `\(file)` for the tag `\(tag.tag)` and does not list it in `web`",
                    at: tag.pointer,
                    hint: "Add an entry with that path to `web`."
                )
            }
        }
    }
}
