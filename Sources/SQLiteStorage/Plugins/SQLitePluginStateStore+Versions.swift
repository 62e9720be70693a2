import Contracts
import LabelModel

extension SQLitePluginStateStore {
    private static let ofPlugin = SQLText(
        """
        SELECT project_id, plugin_id, version, is_enabled, settings FROM plugin_enablements
        WHERE plugin_id = ? AND is_enabled = 1 ORDER BY project_id
        """
    )
    private static let switchedOn = SQLText(
        """
        SELECT version FROM plugin_enablements
        WHERE project_id = ? AND plugin_id = ? AND is_enabled = 1
        """
    )
    private static let move = SQLText(
        """
        UPDATE plugin_enablements
        SET previous_version = version, previous_settings = settings, version = ?, settings = ?,
            updated_by = ?, updated_at = ?
        WHERE project_id = ? AND plugin_id = ?
        """
    )
    private static let moved = SQLText(
        """
        SELECT project_id, previous_version FROM plugin_enablements
        WHERE plugin_id = ? AND version = ? AND previous_version IS NOT NULL ORDER BY project_id
        """
    )
    private static let moveBack = SQLText(
        """
        UPDATE plugin_enablements
        SET version = previous_version, settings = previous_settings, previous_version = NULL,
            previous_settings = NULL, updated_by = ?, updated_at = ?
        WHERE project_id = ? AND plugin_id = ?
        """
    )
    private static let keep = SQLText(
        """
        INSERT OR REPLACE INTO plugin_reports(plugin_id, version, report, made_at)
        VALUES (?, ?, ?, ?)
        """
    )
    private static let kept = SQLText(
        "SELECT plugin_id, version, report, made_at FROM plugin_reports ORDER BY plugin_id, version"
    )

    func enablements(
        of id: String
    ) async throws(StorageError) -> [ProjectID: PluginEnablement] {
        try await engine.read { (connection) throws(StorageError) in
            var found: [ProjectID: PluginEnablement] = [:]
            try connection.forEach(Self.ofPlugin, id) { row in
                found[row.next()] = PluginEnablement(&row)
                return true
            }
            return found
        }
    }

    func move(
        to plugin: PluginVersion,
        settings: [ProjectID: RawJSON],
        by user: UserID
    ) async throws(StorageError) -> [ProjectID] {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            var moved: [ProjectID] = []
            for (project, settings) in settings.sorted(by: { $0.key < $1.key }) {
                let old: String? = try connection.first(Self.switchedOn, project, plugin.id) {
                    $0.next()
                }
                guard let old, old != plugin.version else { continue }
                try connection.run(
                    Self.move,
                    plugin.version,
                    settings,
                    user,
                    transaction.now,
                    project,
                    plugin.id
                )
                try AuditEvent.moved(
                    "plugin.upgraded",
                    plugin.id,
                    from: old,
                    to: plugin.version,
                    in: project,
                    by: user
                ).append(to: transaction)
                moved.append(project)
            }
            return moved
        }
    }

    func moveBack(
        from plugin: PluginVersion,
        by user: UserID
    ) async throws(StorageError) -> [ProjectID: String] {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let found = try connection.all(Self.moved, plugin.id, plugin.version) { row in
                (project: row.next() as ProjectID, version: row.next() as String)
            }
            for (project, version) in found {
                try connection.run(Self.moveBack, user, transaction.now, project, plugin.id)
                try AuditEvent.moved(
                    "plugin.rolled_back",
                    plugin.id,
                    from: plugin.version,
                    to: version,
                    in: project,
                    by: user
                ).append(to: transaction)
            }
            return Dictionary(
                found.map { ($0.project, $0.version) },
                uniquingKeysWith: { first, _ in first }
            )
        }
    }

    func keep(_ report: KeptPluginReport) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(
                Self.keep,
                report.plugin.id,
                report.plugin.version,
                report.report,
                report.at
            )
        }
    }

    func reports() async throws(StorageError) -> [KeptPluginReport] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.kept) { row in
                KeptPluginReport(
                    plugin: PluginVersion(id: row.next(), version: row.next()),
                    report: row.next(),
                    at: row.next()
                )
            }
        }
    }
}
