public import Contracts
public import LabelModel
public import LabelingConfig

/// Why something of a plugin cannot be used: a code for programs, a sentence, and how to mend it.
public struct PluginReason: Error, Hashable, Sendable {
    public let code: String
    public let detail: String
    public let hint: String?

    init(_ code: String, _ detail: String, hint: String? = nil) {
        self.code = code
        self.detail = detail
        self.hint = hint
    }

    init(_ error: PluginError) {
        self.init(error.code.rawValue, error.message, hint: error.hint)
    }
}

/// How far a plugin has come on this installation.
public enum PluginState: String, Hashable, Sendable, CaseIterable {
    /// It lies in a plugin folder; an administrator has not allowed it.
    case installed
    /// Projects may enable it.
    case allowed
    /// Its folder holds nothing that can be offered.
    case refused
    /// It did harm, or an administrator suspects it of that.
    case quarantined
    /// It is no longer to be used.
    case retired
}

/// A plugin as the whole installation sees it.
public struct PluginReport: Sendable {
    public let plugin: PluginVersion
    /// nil when the folder was refused.
    public let manifest: PluginManifest?
    public let state: PluginState
    /// Why it cannot be enabled; nil when it can.
    public let reason: PluginReason?
    /// Where it is enabled, by project.
    public let uses: [PluginUse]
    public let isBundled: Bool
    /// How far its origin is vouched for.
    public let trust: PackageTrust
    /// Address of its content, when it was installed from a package.
    public let digest: String?
    /// What was last found out about it.
    public let lastReport: KeptPluginReport?
    /// Where its code runs, and how that has gone.
    public let runtime: PluginRuntime
}

/// A plugin as one project sees it.
public struct ProjectPluginReport: Sendable {
    public let plugin: PluginVersion
    public let name: String
    public let description: String
    public let state: PluginState
    public let isEnabled: Bool
    /// JSON object: capability name to that capability's settings.
    public let settings: RawJSON
    /// JSON object: capability name to the JSON Schema of its settings.
    public let settingsSchema: RawJSON
    /// Why it has no effect here; nil when it has.
    public let reason: PluginReason?
    public let capabilities: [PluginManifest.Capability]
    public let tags: [PluginTag]
    public let panels: [PluginPanel]
}

/// An exporter or an import source as one project sees it.
public struct CapabilityReport: Sendable {
    public let capability: PluginManifest.Capability
    public let plugin: PluginVersion
    /// JSON object.
    public let settings: RawJSON
    public let isEnabled: Bool
    public let reason: PluginReason?
}

/// A tag as one project, or a new one, sees it.
public struct TagReport: Sendable {
    public let definition: TagDefinition
    public let isAvailable: Bool
    public let reason: PluginReason?
}

/// What a project's menus are built from.
public struct ProjectCapabilities: Sendable {
    public let exporters: [CapabilityReport]
    public let importSources: [CapabilityReport]
    public let tags: [TagReport]
}
