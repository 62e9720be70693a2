import Contracts
import LabelModel

extension SQLiteProjectStore {
    func update(
        _ id: ProjectID,
        enabling plugins: [PluginEnablement],
        by user: UserID,
        _ change: @escaping @Sendable (inout ProjectSettings) -> Void
    ) async throws(StorageError) -> Project {
        try await engine.write { (transaction) throws(StorageError) in
            let old = try Self.project(id, on: transaction.connection)
            var settings = old.settings
            change(&settings)
            settings.maximumAnnotations = max(1, settings.maximumAnnotations)
            try Self.store(settings, replacing: old, transaction)
            for plugin in plugins { try plugin.switchOn(in: id, by: user, transaction) }
            try Self.applyRules(settings, replacing: old, transaction)
            try transaction.announce(.projectUpdated, in: id)
            return try Self.project(id, on: transaction.connection)
        }
    }

    private static func store(
        _ settings: ProjectSettings,
        replacing old: Project,
        _ transaction: WriteTransaction
    ) throws(StorageError) {
        let connection = transaction.connection
        var version = old.configVersion
        if settings.labelConfig != old.settings.labelConfig {
            version += 1
            try connection.run(
                ProjectSQL.insertConfig,
                old.id,
                version,
                transaction.now,
                settings.labelConfig
            )
        }
        try updateRow(
            of: old.id,
            settings,
            configVersion: version,
            at: transaction.now,
            connection
        )
    }

    /// Writes the settings of a project but its labeling config.
    static func updateRow(
        of id: ProjectID,
        _ settings: ProjectSettings,
        configVersion version: Int64,
        at moment: Timestamp,
        _ connection: Connection
    ) throws(StorageError) {
        try connection.run(
            ProjectSQL.update,
            moment,
            version,
            settings.title,
            settings.description,
            settings.expertInstruction,
            settings.showInstruction,
            settings.color,
            settings.maximumAnnotations,
            settings.overlapCohortPercentage,
            settings.sampling.rawValue,
            settings.skipQueue.rawValue,
            settings.showSkipButton,
            settings.enableEmptyAnnotation,
            settings.showAnnotationHistory,
            settings.showCollabPredictions,
            settings.showGroundTruthFirst,
            settings.showOverlapFirst,
            settings.evaluatePredictionsAutomatically,
            settings.revealPreannotationsInteractively,
            settings.isPublished,
            settings.isDraft,
            settings.modelVersion,
            settings.minAnnotationsToStartTraining,
            settings.pinnedAt,
            settings.archivedAt,
            id
        )
    }

    /// Brings tasks and queue in line with a changed overlap, skip rule or order.
    private static func applyRules(
        _ settings: ProjectSettings,
        replacing old: Project,
        _ transaction: WriteTransaction
    ) throws(StorageError) {
        let connection = transaction.connection
        let before = old.settings
        let hasNewOverlap =
            settings.maximumAnnotations != before.maximumAnnotations
            || settings.overlapCohortPercentage != before.overlapCohortPercentage
        let hasNewSkipRule = settings.skipQueue != before.skipQueue
        if hasNewOverlap {
            try connection.run(
                ProjectSQL.applyOverlap,
                old.id,
                settings.maximumAnnotations,
                max(0, min(100, settings.overlapCohortPercentage))
            )
        }
        if hasNewOverlap || hasNewSkipRule {
            try connection.run(
                ProjectSQL.decideLabeled,
                old.id,
                settings.skipQueue == .ignoreSkipped
            )
            try connection.run(ProjectSQL.recountFinished, old.id)
            try connection.run(ProjectSQL.recountFinishedOfOpenImports, old.id)
        }
        let hasNewOrder =
            settings.sampling != before.sampling || settings.modelVersion != before.modelVersion
        if hasNewOverlap || hasNewSkipRule || hasNewOrder {
            transaction.afterCommit(.rulesChanged(old.id))
        }
    }
}
