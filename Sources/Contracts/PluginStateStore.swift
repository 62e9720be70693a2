public import LabelModel

/// One version of one plugin.
public struct PluginVersion: Hashable, Sendable, CustomStringConvertible {
    /// Reverse DNS, such as `org.postil.coco`.
    public var id: String
    /// Semantic version.
    public var version: String

    public init(id: String, version: String) {
        self.id = id
        self.version = version
    }

    public var description: String { "\(id) \(version)" }
}

/// What an administrator decided about a plugin.
public struct PluginDecision: Hashable, Sendable {
    public enum Verdict: String, Hashable, Sendable {
        case allowed, disallowed, quarantined, retired
    }

    public var plugin: PluginVersion
    public var verdict: Verdict
    /// Why, when it was not a person's choice alone.
    public var reason: String?
    /// nil when the daemon decided by itself.
    public var by: UserID?
    public var at: Timestamp

    public init(
        plugin: PluginVersion,
        verdict: Verdict,
        reason: String?,
        by: UserID?,
        at: Timestamp
    ) {
        self.plugin = plugin
        self.verdict = verdict
        self.reason = reason
        self.by = by
        self.at = at
    }
}

/// A plugin switched on or off in one project.
public struct PluginEnablement: Hashable, Sendable {
    public var plugin: PluginVersion
    public var isEnabled: Bool
    /// JSON object: capability name to that capability's settings.
    public var settings: RawJSON

    public init(plugin: PluginVersion, isEnabled: Bool = true, settings: RawJSON = .emptyObject) {
        self.plugin = plugin
        self.isEnabled = isEnabled
        self.settings = settings
    }
}

/// Keeps the switches of plugins; what is installed is told by the folders on disk.
public protocol PluginStateStore: Sendable {
    /// The decision in force for each plugin version.
    func decisions() async throws(StorageError) -> [PluginDecision]

    func decide(_ decision: PluginDecision) async throws(StorageError)

    /// What is switched on or off in a project, by plugin id; at most one version of each plugin.
    func enablements(in project: ProjectID) async throws(StorageError) -> [PluginEnablement]

    func set(_ enablement: PluginEnablement, in project: ProjectID, by user: UserID)
        async throws(StorageError)

    /// Projects in which each plugin is enabled.
    func projectsByPlugin() async throws(StorageError) -> [String: [ProjectID]]
}
