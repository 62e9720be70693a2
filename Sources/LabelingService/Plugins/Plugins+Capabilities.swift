import Contracts
public import LabelModel
import LabelingConfig

extension Plugins {
    /// What a project can export to, import from and label with, and why not the rest.
    public func capabilities(
        in project: ProjectID
    ) async throws(ServiceError) -> ProjectCapabilities {
        let plugins = try await switches(of: project)
        return ProjectCapabilities(
            exporters: plugins.capabilities(.exporter),
            importSources: plugins.capabilities(.importSource),
            tags: Self.tags(await plugins.registry(environment.catalog)).filter {
                $0.definition.origin.plugin != nil
            }
        )
    }

    /// The built-in tags and those of plugins, as a project sees them; without one, as a project
    /// sees them that has everything enabled that is allowed.
    public func tags(in project: ProjectID?) async throws(ServiceError) -> [TagReport] {
        if let project {
            let plugins = try await switches(of: project)
            return Self.tags(await plugins.registry(environment.catalog))
        }
        let landscape = try await PluginLandscape.load(environment)
        let allowed = landscape.installed.filter { landscape.state(of: $0).state == .allowed }
        let plugins = ProjectPlugins(
            landscape,
            enablements: allowed.map { PluginEnablement(plugin: $0.plugin) }
        )
        return Self.tags(await plugins.registry(environment.catalog))
    }

    private static func tags(_ registry: TagRegistry) -> [TagReport] {
        let usable = registry.entries.map {
            TagReport(definition: $0.definition, isAvailable: true, reason: nil)
        }
        let others = registry.unavailable.filter { registry[$0.definition.name] == nil }.map {
            TagReport(
                definition: $0.definition,
                isAvailable: false,
                reason: PluginReason(
                    "tag_not_enabled",
                    "The plugin \($0.unavailability.plugin.name) is not enabled in this project. "
                        + $0.unavailability.reason,
                    hint: $0.unavailability.whoCanEnable
                )
            )
        }
        return usable + others
    }
}

extension ProjectPlugins {
    /// What plugins offer of one kind, in the order of the plugins' ids.
    ///
    /// Of two plugins that offer the same name the one that has effect counts.
    func capabilities(_ kind: PluginManifest.Capability.Kind) -> [CapabilityReport] {
        var reports: [CapabilityReport] = []
        for entry in entries {
            for capability in entry.installed.manifest?.capabilities ?? []
            where capability.kind == kind {
                reports.append(
                    CapabilityReport(
                        capability: capability,
                        plugin: entry.plugin,
                        settings: PluginSettings.of(capability.name, in: entry.enablement),
                        isEnabled: entry.isEffective,
                        reason: entry.reason
                    )
                )
            }
        }
        return reports
    }

    /// The exporter or import source of that name, the usable one before others.
    func capability(
        _ kind: PluginManifest.Capability.Kind,
        named name: String
    ) -> CapabilityReport? {
        let matches = capabilities(kind).filter { $0.capability.name == name }
        return matches.first { $0.isEnabled } ?? matches.first
    }
}
