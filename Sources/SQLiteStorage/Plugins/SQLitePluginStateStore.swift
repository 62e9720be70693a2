import Contracts
import LabelModel

struct SQLitePluginStateStore: PluginStateStore {
    let engine: Engine

    private static let allDecisions = SQLText(
        """
        SELECT plugin_id, version, verdict, reason, decided_by, decided_at, granted_isolation,
            granted_memory
        FROM plugin_decisions
        ORDER BY plugin_id, version
        """
    )
    private static let decision = SQLText(
        """
        INSERT OR REPLACE INTO plugin_decisions(plugin_id, version, verdict, reason, decided_by,
            decided_at, granted_isolation, granted_memory)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    static let ofProject = SQLText(
        """
        SELECT plugin_id, version, is_enabled, settings FROM plugin_enablements
        WHERE project_id = ? ORDER BY plugin_id
        """
    )
    private static let enabledAnywhere = SQLText(
        """
        SELECT e.plugin_id, e.version, e.project_id, p.title, u.email, e.updated_at
        FROM plugin_enablements e
            JOIN projects p ON p.id = e.project_id
            LEFT JOIN users u ON u.id = e.updated_by
        WHERE e.is_enabled = 1 ORDER BY e.plugin_id, e.project_id
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
                decision.at,
                decision.grant?.isolation.rawValue,
                decision.grant?.memoryByteLimit
            )
            try AuditEvent.decision(decision).append(to: transaction)
        }
    }

    func enablements(
        in project: ProjectID
    ) async throws(StorageError) -> [PluginEnablement] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.ofProject, project) { PluginEnablement(&$0) }
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
            try enablement.switchOn(in: project, by: user, transaction)
        }
    }

    func uses() async throws(StorageError) -> [PluginUse] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.enabledAnywhere) { row in
                PluginUse(
                    plugin: PluginVersion(id: row.next(), version: row.next()),
                    project: row.next(),
                    projectTitle: row.next(),
                    user: row.next(),
                    at: row.next()
                )
            }
        }
    }
}

extension PluginEnablement {
    private static let current = SQLText(
        """
        SELECT plugin_id, version, is_enabled, settings FROM plugin_enablements
        WHERE project_id = ? AND plugin_id = ?
        """
    )
    private static let insertion = SQLText(
        """
        INSERT OR REPLACE INTO plugin_enablements(project_id, plugin_id, version, is_enabled,
            settings, updated_by, updated_at)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """
    )

    init(_ row: inout ColumnReader) {
        self.init(
            plugin: PluginVersion(id: row.next(), version: row.next()),
            isEnabled: row.next(),
            settings: row.next()
        )
    }

    /// Puts this in the place of any other version of the plugin in the project, and tells the log
    /// what has changed.
    func switchOn(
        in project: ProjectID,
        by user: UserID,
        _ transaction: WriteTransaction
    ) throws(StorageError) {
        let old = try transaction.connection.first(Self.current, project, plugin.id) {
            PluginEnablement(&$0)
        }
        try store(in: project, by: user, transaction)
        try AuditEvent.change(from: old, to: self, in: project, by: user)?.append(to: transaction)
    }

    /// Puts this in the place of any other version of the plugin in the project.
    func store(
        in project: ProjectID,
        by user: UserID,
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
        let isolation: String? = row.next()
        let memory: Int64? = row.next()
        if let isolation {
            // An unknown word, written by a newer program, must not weaken the isolation.
            grant = PluginGrant(
                isolation: PluginRuntime.Isolation(rawValue: isolation) ?? .isolated,
                memoryByteLimit: memory
            )
        }
    }
}
