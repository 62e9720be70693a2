import Contracts
import LabelModel

// What the log says of each change of a plugin's switches.

extension AuditEvent {
    /// An administrator's decision, or the daemon's.
    static func decision(_ decision: PluginDecision) -> AuditEvent {
        var writer = JSONWriter()
        writer.object { writer in
            if let reason = decision.reason { writer.member("reason", reason) }
            if let grant = decision.grant {
                writer.key("granted")
                writer.object { writer in
                    writer.member("isolation", grant.isolation.rawValue)
                    writer.member("memory", grant.memoryByteLimit)
                }
            }
        }
        return AuditEvent(
            "plugin.\(decision.verdict.rawValue)",
            on: decision.plugin.auditSubject,
            by: decision.by.map { .user($0) } ?? .daemon,
            detail: RawJSON(checked: writer.bytes)
        )
    }

    /// A change of a project's switch; nil when nothing changes.
    ///
    /// Values of settings may be secrets and stay out of the log.
    static func change(
        from old: PluginEnablement?,
        to new: PluginEnablement,
        in project: ProjectID,
        by user: UserID
    ) -> AuditEvent? {
        guard old != new else { return nil }
        let isSwitched = (old?.isEnabled ?? false) != new.isEnabled || old?.plugin != new.plugin
        var writer = JSONWriter()
        writer.object { writer in
            if let old, old.plugin.version != new.plugin.version {
                writer.member("from_version", old.plugin.version)
            }
            writer.member(
                "settings_changed",
                (old?.settings ?? .emptyObject).bytes != new.settings.bytes
            )
        }
        let action = new.isEnabled ? "plugin.enabled" : "plugin.disabled"
        return AuditEvent(
            isSwitched ? action : "plugin.settings_changed",
            on: new.plugin.auditSubject,
            by: .user(user),
            in: project,
            detail: RawJSON(checked: writer.bytes)
        )
    }

    /// What a new project begins with, in one entry; nil for nothing.
    static func plugins(
        _ plugins: [PluginEnablement],
        ofNew project: ProjectID,
        by user: UserID
    ) -> AuditEvent? {
        guard !plugins.isEmpty else { return nil }
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("plugins")
            writer.array { writer in
                for plugin in plugins {
                    writer.value("\(plugin.plugin.id)/\(plugin.plugin.version)")
                }
            }
        }
        return AuditEvent(
            "project.plugins_enabled",
            on: "project:\(project)",
            by: .user(user),
            in: project,
            detail: RawJSON(checked: writer.bytes)
        )
    }

    /// A project goes to another version.
    static func moved(
        _ action: String,
        _ id: String,
        from old: String,
        to new: String,
        in project: ProjectID,
        by user: UserID
    ) -> AuditEvent {
        var writer = JSONWriter()
        writer.object { $0.member("from_version", old) }
        return AuditEvent(
            action,
            on: PluginVersion(id: id, version: new).auditSubject,
            by: .user(user),
            in: project,
            detail: RawJSON(checked: writer.bytes)
        )
    }
}
