import Contracts
import LabelModel

struct SQLitePluginStateStore: PluginStateStore {
    let engine: Engine

    private static let allDecisions = SQLText(
        """
        SELECT plugin_id, version, verdict, reason, decided_by, decided_at FROM plugin_decisions
        ORDER BY plugin_id, version
        """
    )
    private static let decision = SQLText(
        """
        INSERT OR REPLACE INTO plugin_decisions(plugin_id, version, verdict, reason, decided_by,
            decided_at)
        VALUES (?, ?, ?, ?, ?, ?)
        """
    )
    private static let ofProject = SQLText(
        """
        SELECT plugin_id, version, is_enabled, settings FROM plugin_enablements
        WHERE project_id = ? ORDER BY plugin_id
        """
    )
    private static let enabledAnywhere = SQLText(
        """
        SELECT plugin_id, project_id FROM plugin_enablements WHERE is_enabled = 1
        ORDER BY plugin_id, project_id
        """
    )

    func decisions() async throws(StorageError) -> [PluginDecision] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.allDecisions) { PluginDecision(&$0) }
        }
    }

    func decide(_ decision: PluginDecision) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(
                Self.decision,
                decision.plugin.id,
                decision.plugin.version,
                decision.verdict.rawValue,
                decision.reason,
                decision.by,
                decision.at
            )
        }
    }

    func enablements(
        in project: ProjectID
    ) async throws(StorageError) -> [PluginEnablement] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.ofProject, project) { row in
                PluginEnablement(
                    plugin: PluginVersion(id: row.next(), version: row.next()),
                    isEnabled: row.next(),
                    settings: row.next()
                )
            }
        }
    }

    func set(
        _ enablement: PluginEnablement,
        in project: ProjectID,
        by user: UserID
    ) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard try connection.first(ProjectSQL.exists, project, read: { _ in true }) != nil
            else { throw .noProject(project) }
            try enablement.store(in: project, by: user, transaction)
        }
    }

    func projectsByPlugin() async throws(StorageError) -> [String: [ProjectID]] {
        try await engine.read { (connection) throws(StorageError) in
            var projects: [String: [ProjectID]] = [:]
            try connection.forEach(Self.enabledAnywhere) { row in
                projects[row.next(), default: []].append(row.next())
                return true
            }
            return projects
        }
    }
}

extension PluginEnablement {
    private static let insertion = SQLText(
        """
        INSERT OR REPLACE INTO plugin_enablements(project_id, plugin_id, version, is_enabled,
            settings, updated_by, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    )

    /// Puts this in the place of any other version of the plugin in the project.
    func store(
        in project: ProjectID,
        by user: UserID?,
        _ transaction: WriteTransaction
    ) throws(StorageError) {
        try transaction.connection.run(
            Self.insertion,
            project,
            plugin.id,
            plugin.version,
            isEnabled,
            settings,
            user,
            transaction.now
        )
    }
}

extension PluginDecision {
    fileprivate init(_ row: inout ColumnReader) {
        self.init(
            plugin: PluginVersion(id: row.next(), version: row.next()),
            // An unknown verdict, written by a newer program, must not let a plugin run.
            verdict: Verdict(rawValue: row.next()) ?? .disallowed,
            reason: row.next(),
            by: row.next(),
            at: row.next()
        )
    }
}
