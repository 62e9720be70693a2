import Contracts
import LabelModel

struct SQLiteProjectStore: ProjectStore {
    let engine: Engine

    func insert(
        _ settings: ProjectSettings,
        by user: UserID,
        enabling plugins: [PluginEnablement]
    ) async throws(StorageError) -> Project {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let id = try Self.insertRow(settings, by: user, transaction)
            for plugin in plugins { try plugin.store(in: id, by: user, transaction) }
            try AuditEvent.plugins(plugins, ofNew: id, by: user)?.append(to: transaction)
            try transaction.announce(.projectCreated, in: id)
            return try Self.project(id, on: connection)
        }
    }

    /// Inserts the rows of a project with its first labeling config.
    static func insertRow(
        _ settings: ProjectSettings,
        by user: UserID,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> ProjectID {
        let connection = transaction.connection
        let now = transaction.now
        try connection.run(
            ProjectSQL.insert,
            user,
            now,
            now,
            settings.title,
            settings.description,
            settings.expertInstruction,
            settings.showInstruction,
            settings.color,
            max(1, settings.maximumAnnotations),
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
            settings.archivedAt
        )
        let id = ProjectID(connection.lastInsertedID)
        try connection.run(ProjectSQL.insertCounters, id)
        try connection.run(
            ProjectSQL.insertConfig,
            id,
            1 as Int64,
            now,
            settings.labelConfig
        )
        return id
    }

    func project(_ id: ProjectID) async throws(StorageError) -> Project? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(ProjectSQL.byID, id) { Project(&$0) }
        }
    }

    func page(
        _ query: ProjectQuery,
        number: Int,
        size: Int
    ) async throws(StorageError) -> (projects: [Project], total: Int) {
        let pattern = Self.likePattern(containing: query.titleContains)
        let ids = query.ids.map { ids in
            "[\(ids.map { String($0.rawValue) }.joined(separator: ","))]"
        }
        let pinned = query.pinned.rawValue
        let archived = query.isArchived
        let order = query.order.map { (query.isDescending ? "-" : "") + $0.rawValue } ?? ""
        return try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                let total: Int64 =
                    try connection.first(ProjectSQL.count, pattern, ids, pinned, archived) {
                        $0.next()
                    } ?? 0
                let projects = try connection.all(
                    ProjectSQL.page,
                    pattern,
                    ids,
                    pinned,
                    archived,
                    order,
                    size,
                    (max(1, number) - 1) * size
                ) { Project(&$0) }
                return (projects, Int(total))
            }
        }
    }

    func labelConfig(_ id: ProjectID, version: Int64) async throws(StorageError) -> String? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(ProjectSQL.config, id, version) { $0.next() }
        }
    }

    func delete(_ id: ProjectID) async throws(StorageError) {
        // The tasks go in portions, so that a large project does not keep every other writer
        // waiting; what arrived meanwhile, and what open imports hide, goes with the project.
        _ = try await engine.read { (connection) throws(StorageError) in
            try Self.project(id, on: connection)
        }
        _ = try await TaskRemoval(engine: engine).removeAll(of: id)
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            try connection.run(ProjectSQL.deleteTasks, id)
            try connection.run(ProjectSQL.delete, id)
            guard connection.changes == 1 else { throw .noProject(id) }
            transaction.afterCommit(.closed(id))
            try transaction.announce(.projectDeleted, in: id)
        }
    }

    static func project(
        _ id: ProjectID,
        on connection: Connection
    ) throws(StorageError) -> Project {
        guard let project = try connection.first(ProjectSQL.byID, id, read: { Project(&$0) })
        else { throw .noProject(id) }
        return project
    }

    private static func likePattern(containing text: String) -> String {
        var pattern = "%"
        for character in text {
            if character == "%" || character == "_" || character == "\\" { pattern += "\\" }
            pattern.append(character)
        }
        return pattern + "%"
    }
}

extension StorageError {
    static func noProject(_ id: ProjectID) -> StorageError {
        StorageError(.notFound, "There is no project \(id).")
    }
}
