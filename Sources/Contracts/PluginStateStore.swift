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
    /// What the plugin may have, when it was allowed with limits of its own.
    public var grant: PluginGrant?

    public init(
        plugin: PluginVersion,
        verdict: Verdict,
        reason: String?,
        by: UserID?,
        at: Timestamp,
        grant: PluginGrant? = nil
    ) {
        self.plugin = plugin
        self.verdict = verdict
        self.reason = reason
        self.by = by
        self.at = at
        self.grant = grant
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

/// A plugin that is enabled in a project, and on whose word.
public struct PluginUse: Hashable, Sendable {
    public var plugin: PluginVersion
    public var project: ProjectID
    public var projectTitle: String
    /// Address of who changed the switch last; nil when that user is gone.
    public var user: String?
    public var at: Timestamp

    public init(
        plugin: PluginVersion,
        project: ProjectID,
        projectTitle: String,
        user: String?,
        at: Timestamp
    ) {
        self.plugin = plugin
        self.project = project
        self.projectTitle = projectTitle
        self.user = user
        self.at = at
    }
}

/// The last report that was made of a plugin version.
public struct KeptPluginReport: Hashable, Sendable {
    public var plugin: PluginVersion
    /// JSON object.
    public var report: RawJSON
    public var at: Timestamp

    public init(plugin: PluginVersion, report: RawJSON, at: Timestamp) {
        self.plugin = plugin
        self.report = report
        self.at = at
    }
}

/// Keeps the switches of plugins; what is installed is told by the folders on disk.
///
/// Each change of a switch appends its entry to the audit log in the same transaction: `plugin.`
/// and the verdict, `plugin.enabled`, `plugin.disabled`, `plugin.settings_changed`,
/// `plugin.upgraded`, `plugin.rolled_back`.
public protocol PluginStateStore: Sendable {
    /// The decision in force for each plugin version.
    func decisions() async throws(StorageError) -> [PluginDecision]

    func decide(_ decision: PluginDecision) async throws(StorageError)

    /// What is switched on or off in a project, by plugin id; at most one version of each plugin.
    func enablements(in project: ProjectID) async throws(StorageError) -> [PluginEnablement]

    func set(_ enablement: PluginEnablement, in project: ProjectID, by user: UserID)
        async throws(StorageError)

    /// What is switched on of one plugin, by project.
    func enablements(of id: String) async throws(StorageError) -> [ProjectID: PluginEnablement]

    /// Lets projects that have a plugin switched on use another version of it, all in one step.
    ///
    /// - `settings`: For each project what it sets in the new version. Projects that have the
    ///   plugin switched off, or use this version already, are passed over.
    ///
    /// - Returns: The projects that were moved.
    func move(
        to plugin: PluginVersion,
        settings: [ProjectID: RawJSON],
        by user: UserID
    ) async throws(StorageError) -> [ProjectID]

    /// Takes ``move(to:settings:by:)`` back for all projects that it gave this version and that
    /// nobody has changed since, with the settings that they had before.
    ///
    /// - Returns: The version that each project uses now.
    func moveBack(
        from plugin: PluginVersion,
        by user: UserID
    ) async throws(StorageError) -> [ProjectID: String]

    /// Keeps a report in the place of an older one.
    func keep(_ report: KeptPluginReport) async throws(StorageError)

    func reports() async throws(StorageError) -> [KeptPluginReport]

    /// Where plugins are enabled, by plugin id and then project.
    func uses() async throws(StorageError) -> [PluginUse]
}
