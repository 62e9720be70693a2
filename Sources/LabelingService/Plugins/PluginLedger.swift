import Contracts
import LabelModel
import ValueTree

/// What the watch reads from the audit log and appends to it.
struct PluginLedger: Sendable {
    private static let entriesAtOnce = 1000

    let environment: ServiceEnvironment

    /// Sequence of the last entry; 0 when there is none.
    func lastSequence() async throws(ServiceError) -> Int64 {
        try await stored(await environment.storage.audit.entries(AuditQuery(limit: 1)))
            .first?.sequence ?? 0
    }

    func entries(after sequence: Int64) async throws(ServiceError) -> [AuditEntry] {
        try await stored(
            await environment.storage.audit.entries(after: sequence, limit: Self.entriesAtOnce)
        )
    }

    /// A version that came as a folder, unless the log knows it, with this content, as it stands.
    func noteInstalled(_ installed: InstalledPlugin) async throws(ServiceError) {
        let last = try await stored(
            await environment.storage.audit.entries(
                AuditQuery(subject: installed.plugin.auditSubject, limit: 200)
            )
        ).first { ["plugin.installed", "plugin.removed"].contains($0.action) }
        guard last?.action != "plugin.installed" else { return }
        _ = try await stored(
            await environment.storage.audit.append(.installed(installed, by: .operator))
        )
    }

    func append(
        _ action: String,
        _ plugin: PluginVersion,
        by actor: AuditEvent.Actor,
        reason: String?
    ) async throws(ServiceError) {
        var writer = JSONWriter()
        writer.object { writer in
            if let reason { writer.member("reason", reason) }
        }
        _ = try await stored(
            await environment.storage.audit.append(
                AuditEvent(
                    action,
                    on: plugin.auditSubject,
                    by: actor,
                    detail: RawJSON(checked: writer.bytes)
                )
            )
        )
    }
}

extension AuditEntry {
    /// The plugin versions that a project's entry is about.
    var plugins: [PluginVersion] {
        let text = try? JSONText(parsing: detail.bytes)
        let listed = text?["plugins"]?.elements.compactMap(\.string) ?? []
        let names = subject.hasPrefix("plugin:") ? [String(subject.dropFirst(7))] : listed
        return names.compactMap { name in
            let parts = name.split(separator: "/", maxSplits: 1).map(String.init)
            return parts.count == 2 ? PluginVersion(id: parts[0], version: parts[1]) : nil
        }
    }
}

extension AuditEvent {
    /// A version has come to this installation.
    static func installed(_ installed: InstalledPlugin, by actor: Actor) -> AuditEvent {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("digest", installed.digest)
            writer.member("trust", installed.trust.level.rawValue)
            writer.member("fingerprint", installed.trust.fingerprint)
        }
        return AuditEvent(
            "plugin.installed",
            on: installed.plugin.auditSubject,
            by: actor,
            detail: RawJSON(checked: writer.bytes)
        )
    }
}
