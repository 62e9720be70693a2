import Contracts
import LabelModel

struct SQLiteProjectMoveStore: ProjectMoveStore {
    let engine: Engine

    // MARK: Giving away

    func dossier(of id: ProjectID) async throws(StorageError) -> ProjectDossier {
        try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                let project = try SQLiteProjectStore.project(id, on: connection)
                return ProjectDossier(
                    settings: project.settings,
                    createdBy: project.createdBy,
                    createdAt: project.createdAt,
                    updatedAt: project.updatedAt,
                    lastInnerID: try connection.first(MoveSQL.lastInnerID, id) { $0.next() } ?? 0,
                    configs: try connection.all(MoveSQL.configs, id) { row in
                        LabelConfigVersion(
                            version: row.next(),
                            createdAt: row.next(),
                            text: row.next()
                        )
                    },
                    plugins: try connection.all(SQLitePluginStateStore.ofProject, id) {
                        PluginEnablement(&$0)
                    },
                    views: try connection.all(SQLiteViewStore.ofProject, id) { TaskView(&$0) }
                )
            }
        }
    }

    func chronicles(
        of project: ProjectID,
        after innerID: Int64,
        limit: Int
    ) async throws(StorageError) -> [TaskChronicle] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                var chronicles: [TaskChronicle] = []
                let tasks = try connection.all(MoveSQL.tasks, project, innerID, limit) {
                    LabelingTask(&$0)
                }
                for task in tasks {
                    chronicles.append(try Self.chronicle(of: task, on: connection))
                }
                return chronicles
            }
        }
    }

    private static func chronicle(
        of task: LabelingTask,
        on connection: Connection
    ) throws(StorageError) -> TaskChronicle {
        TaskChronicle(
            task: task,
            annotations: try connection.all(AnnotationSQL.ofTask, task.id) { Annotation(&$0) },
            versions: try connection.all(MoveSQL.versions, task.id) { AnnotationVersion(&$0) },
            drafts: try connection.all(DraftSQL.ofTask, task.id) { AnnotationDraft(&$0) },
            predictions: try connection.all(SQLitePredictionStore.ofTask, task.id) {
                Prediction(&$0)
            }
        )
    }

    // MARK: Taking in

    func begin(by user: UserID) async throws(StorageError) -> ArrivingProject {
        let instance = engine.lock.number
        return try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let project = try SQLiteProjectStore.insertRow(ProjectSettings(), by: user, transaction)
            try connection.run(ImportSQL.begin, project, user, instance)
            let importID = ImportID(connection.lastInsertedID)
            try connection.run(ImportSQL.open, importID.rawValue)
            try connection.run(MoveSQL.hide, project, importID.rawValue)
            return ArrivingProject(project: project, importID: importID)
        }
    }

    func add(
        _ file: FileUpload,
        to arrival: ArrivingProject
    ) async throws(StorageError) -> FileUpload {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(
                MoveSQL.insertFile,
                arrival.project,
                file.user,
                file.path,
                file.byteCount,
                file.createdAt
            )
            var stored = file
            stored.id = FileUploadID(transaction.connection.lastInsertedID)
            stored.project = arrival.project
            return stored
        }
    }

    func append(
        _ tasks: [TaskChronicle],
        to arrival: ArrivingProject
    ) async throws(StorageError) {
        let instance = engine.lock.number
        guard tasks.count <= TaskInsertion.limit else {
            throw StorageError(
                .invalid,
                "At most \(TaskInsertion.limit) tasks can be stored at once, not \(tasks.count)."
            )
        }
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            _ = try ImportState(of: arrival.importID, ownedBy: instance, on: connection)
            var insertion = ChronicleInsertion(into: arrival, transaction)
            guard let ids = try insertion.insert(tasks) else { return }
            let counters = insertion.counters
            try connection.run(
                ImportSQL.add,
                ids.first,
                ids.last,
                counters.tasks,
                counters.finishedTasks,
                counters.tasksWithAnnotations,
                counters.annotations,
                counters.usefulAnnotations,
                counters.groundTruths,
                counters.skippedAnnotations,
                counters.predictions,
                arrival.importID.rawValue
            )
        }
    }

    func commit(
        _ arrival: ArrivingProject,
        _ dossier: ProjectDossier,
        by user: UserID
    ) async throws(StorageError) -> Project {
        let instance = engine.lock.number
        return try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let state = try ImportState(of: arrival.importID, ownedBy: instance, on: connection)
            try Self.write(dossier, to: state.project, transaction)
            try state.counters.add(to: state.project, on: connection)
            try TaskBlocks.commit(arrival.importID, of: state.project, on: connection)
            try connection.run(ImportSQL.close, arrival.importID.rawValue)
            try connection.run(ImportSQL.number, arrival.importID.rawValue)
            try connection.run(MoveSQL.show, state.project, arrival.importID.rawValue)
            try AuditEvent.arrival(of: state.project, dossier, by: user).append(to: transaction)
            try transaction.announce(.projectCreated, in: state.project)
            return try SQLiteProjectStore.project(state.project, on: connection)
        }
    }

    private static func write(
        _ dossier: ProjectDossier,
        to project: ProjectID,
        _ transaction: WriteTransaction
    ) throws(StorageError) {
        let connection = transaction.connection
        guard let present = dossier.configs.last else {
            throw StorageError(.invalid, "A project has a labeling config.")
        }
        try connection.run(MoveSQL.deleteConfigs, project)
        for config in dossier.configs {
            try connection.run(
                ProjectSQL.insertConfig,
                project,
                config.version,
                config.createdAt,
                config.text
            )
        }
        try SQLiteProjectStore.updateRow(
            of: project,
            dossier.settings,
            configVersion: present.version,
            at: dossier.updatedAt,
            connection
        )
        try connection.run(MoveSQL.setOrigin, dossier.createdBy, dossier.createdAt, project)
        try connection.run(TaskSQL.setLastInnerID, dossier.lastInnerID, project)
        for plugin in dossier.plugins {
            try plugin.store(in: project, by: dossier.createdBy, transaction)
        }
        for view in dossier.views {
            try connection.run(MoveSQL.insertView, project, view.user, view.position, view.data)
        }
    }

    func rollBack(_ arrival: ArrivingProject) async throws(StorageError) {
        let recovery = ImportRecovery(engine: engine)
        guard try await recovery.abandon(arrival.importID, of: engine.lock.number) else {
            throw .noImport(arrival.importID)
        }
        try await recovery.undo(arrival.importID)
    }
}

extension AuditEvent {
    /// A project that came from another installation.
    fileprivate static func arrival(
        of project: ProjectID,
        _ dossier: ProjectDossier,
        by user: UserID
    ) -> AuditEvent {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("title", dossier.settings.title)
            writer.key("plugins")
            writer.array { writer in
                for plugin in dossier.plugins where plugin.isEnabled {
                    writer.value("\(plugin.plugin.id)/\(plugin.plugin.version)")
                }
            }
        }
        return AuditEvent(
            "project.arrived",
            on: "project:\(project)",
            by: .user(user),
            in: project,
            detail: RawJSON(checked: writer.bytes)
        )
    }
}
