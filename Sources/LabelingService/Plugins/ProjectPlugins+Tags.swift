import Contracts
import LabelModel
import LabelingConfig

extension ProjectPlugins {
    /// The built-in tags and those of plugins that have effect; tags of the other plugins stand
    /// among the unavailable ones, so that an error can say who may enable them.
    ///
    /// No plugin is loaded by this: behaviors open theirs when they are first asked.
    func registry(_ catalog: any PluginCatalog) -> TagRegistry {
        var registry = TagRegistry.builtIn
        var unavailable: [TagRegistry.UnavailableEntry] = []
        for entry in entries {
            for (tag, definition) in entry.installed.tagDefinitions {
                if let reason = entry.reason {
                    unavailable.append(
                        .init(definition, entry.unavailability(definition, reason)))
                    continue
                }
                let behavior = LazyTagBehavior(
                    plugin: entry.plugin, tag: tag.tag, catalog: catalog)
                do throws(TagRegistry.DuplicateTag) {
                    registry = try registry.adding([.init(definition, behavior: behavior)])
                } catch {
                    let reason = PluginReason(
                        "tag_name_taken", "Another plugin has a tag <\(error.name)> too.",
                        hint: "Disable one of the two in this project.")
                    unavailable.append(
                        .init(definition, entry.unavailability(definition, reason)))
                }
            }
        }
        // Without a further entry there is nothing that could be there twice.
        return (try? registry.adding([], unavailable: unavailable)) ?? registry
    }
}

extension ProjectPlugins.Entry {
    fileprivate func unavailability(
        _ definition: TagDefinition, _ reason: PluginReason
    ) -> TagUnavailability {
        let origin =
            definition.origin.plugin
            ?? TagOrigin.Plugin(id: plugin.id, version: plugin.version, name: plugin.id)
        let whoCanEnable =
            state == .allowed
            ? "Everyone who may change this project's settings can enable it."
            : "An administrator has to allow the plugin first."
        return TagUnavailability(
            plugin: origin, state: state.rawValue, reason: reason.detail,
            whoCanEnable: whoCanEnable)
    }
}

extension InstalledPlugin {
    /// The manifest's tags with what they mean. An entry that cannot be read is left out: the host
    /// has refused such a manifest already.
    var tagDefinitions: [(tag: PluginTag, definition: TagDefinition)] {
        guard let manifest else { return [] }
        let origin = TagOrigin.Plugin(
            id: manifest.plugin.id, version: manifest.plugin.version, name: manifest.name)
        return manifest.tags.compactMap { tag in
            let definition = try? TagDefinition(manifestTag: tag.json, plugin: origin) { path in
                manifest.webFiles.first { $0.path == path }.map { ($0.url, $0.integrity) }
            }
            return definition.map { (tag, $0) }
        }
    }
}
