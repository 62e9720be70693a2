import Contracts
import LabelModel
import LabelingConfig

extension ProjectPlugins {
    /// The built-in tags and those of plugins that have effect; tags of the other plugins stand
    /// among the unavailable ones, so that an error can say who may enable them.
    ///
    /// No plugin is loaded by this: a behavior opens its library when it is first asked.
    func registry(_ catalog: any PluginCatalog) async -> TagRegistry {
        var registry = TagRegistry.builtIn
        var unavailable: [TagRegistry.UnavailableEntry] = []
        for entry in entries {
            for tag in entry.installed.manifest?.tags ?? [] {
                let addition = await entry.addition(of: tag, to: registry, catalog)
                switch addition {
                case .success(let extended): registry = extended
                case .failure(let reason):
                    unavailable.append(
                        .init(tag.definition, entry.unavailability(tag.definition, reason))
                    )
                }
            }
        }
        // Without a further entry there is nothing that could be there twice.
        return (try? registry.adding([], unavailable: unavailable)) ?? registry
    }
}

extension ProjectPlugins.Entry {
    /// The registry with one more tag, or why the tag cannot be used.
    fileprivate func addition(
        of tag: PluginTag,
        to registry: TagRegistry,
        _ catalog: any PluginCatalog
    ) async -> Result<TagRegistry, PluginReason> {
        if let reason { return .failure(reason) }
        var behavior: (any TagBehavior)?
        if installed.manifest?.hasCode(for: tag) == true {
            do {
                behavior = try await catalog.tagBehavior(plugin, tag: tag.tag)
            } catch {
                return .failure(PluginReason(error))
            }
        }
        do throws(TagRegistry.DuplicateTag) {
            return .success(try registry.adding([.init(tag.definition, behavior: behavior)]))
        } catch {
            return .failure(
                PluginReason(
                    "tag_name_taken",
                    "There is another tag <\(error.name)> already.",
                    hint: "Disable the plugin that has it in this project."
                )
            )
        }
    }

    fileprivate func unavailability(
        _ definition: TagDefinition,
        _ reason: PluginReason
    ) -> TagUnavailability {
        let origin =
            definition.origin.plugin
            ?? TagOrigin.Plugin(id: plugin.id, version: plugin.version, name: plugin.id)
        let whoCanEnable =
            state == .allowed
            ? "Everyone who may change this project's settings can enable it."
            : "An administrator has to allow the plugin first."
        // This follows a sentence that says that the plugin is not enabled.
        let isOnlyDisabled = reason.code == "plugin_not_enabled"
        return TagUnavailability(
            plugin: origin,
            state: state.rawValue,
            reason: isOnlyDisabled ? "It is installed and allowed." : reason.detail,
            whoCanEnable: whoCanEnable
        )
    }
}

extension PluginManifest {
    /// Whether the plugin has code that checks and measures the tag's results.
    fileprivate func hasCode(for tag: PluginTag) -> Bool {
        capabilities.contains { $0.kind == .tag && $0.name == tag.tag }
    }
}
