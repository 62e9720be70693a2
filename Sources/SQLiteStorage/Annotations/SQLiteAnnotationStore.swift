import Contracts
import LabelModel

struct SQLiteAnnotationStore: AnnotationStore {
    let engine: Engine

    func insert(
        _ annotation: NewAnnotation,
        on task: TaskID,
        by user: UserID
    ) async throws(StorageError) -> AnnotationInsertion {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard let state = try TaskState(of: task, on: connection) else { throw .noTask(task) }
            let id = try transaction.identifiers.take(for: .annotations)
            var stored = try Annotation(
                annotation,
                id: AnnotationID(id),
                task: task,
                project: state.project,
                by: user,
                configVersion: state.configVersion,
                at: transaction.now
            )
            if let draft = annotation.draft {
                stored.draftCreatedAt = try connection.first(DraftSQL.take, draft, task) {
                    $0.next()
                }
            }
            do throws(SQLiteFailure) {
                try stored.insert(on: connection)
            } catch {
                guard error.isDuplicate else { throw StorageError(error) }
                let first = try Self.earlier(stored, by: user, on: connection)
                return .alreadyStored(first)
            }
            let tally = try TaskTally(after: stored, state, on: connection)
            try state.settle(tally, by: user, freeing: stored.completedBy, transaction)
            try transaction.announce(.annotationCreated, stored)
            return .stored(stored)
        }
    }

    /// The annotation that a repeated submission repeats.
    private static func earlier(
        _ repeated: Annotation,
        by user: UserID,
        on connection: Connection
    ) throws(StorageError) -> Annotation {
        let bytes = try UniqueID(repeated.uniqueID).bytes
        let first = try connection.first(AnnotationSQL.byUniqueID, bytes) { Annotation(&$0) }
        guard let first, first.task == repeated.task, first.completedBy == repeated.completedBy
        else { throw .uniqueIDTaken(repeated.uniqueID) }
        return first
    }

    func annotation(_ id: AnnotationID) async throws(StorageError) -> Annotation? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(AnnotationSQL.byID, id) { Annotation(&$0) }
        }
    }

    func annotations(of task: TaskID) async throws(StorageError) -> [Annotation] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(AnnotationSQL.ofTask, task) { Annotation(&$0) }
        }
    }

    func annotations(
        of tasks: [TaskID]
    ) async throws(StorageError) -> [TaskID: [Annotation]] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                var annotations: [TaskID: [Annotation]] = [:]
                annotations.reserveCapacity(tasks.count)
                for task in tasks {
                    annotations[task] = try connection.all(AnnotationSQL.ofTask, task) {
                        Annotation(&$0)
                    }
                }
                return annotations
            }
        }
    }

    func delete(_ id: AnnotationID, by user: UserID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let annotation = try Self.visible(id, on: connection)
            guard let state = try TaskState(of: annotation.task, on: connection) else {
                throw .noTask(annotation.task)
            }
            try connection.run(AnnotationSQL.keepVersion, id)
            try connection.run(AnnotationSQL.keepDeletion, id, user, transaction.now)
            try connection.run(DraftSQL.deleteOfAnnotation, annotation.task, id)
            try connection.run(AnnotationSQL.delete, id)
            let tally = try TaskTally(of: annotation.task, on: connection)
            try state.settle(tally, by: user, transaction)
            try transaction.noteTrash([id], of: state.project, by: user)
            try transaction.announceDeletion(of: [id], in: state.project)
        }
    }

    func history(of id: AnnotationID) async throws(StorageError) -> [AnnotationVersion] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                var versions = try connection.all(AnnotationSQL.versions, id) { row in
                    AnnotationVersion(&row)
                }
                let present = try connection.first(AnnotationSQL.byID, id) { Annotation(&$0) }
                if let present {
                    let isRestored = versions.last?.action == .deleted
                    versions.append(AnnotationVersion(present: present, isRestored: isRestored))
                }
                return versions
            }
        }
    }

    static func visible(
        _ id: AnnotationID,
        on connection: Connection
    ) throws(StorageError) -> Annotation {
        guard
            let annotation = try connection.first(
                AnnotationSQL.byID,
                id,
                read: { Annotation(&$0) }
            )
        else { throw StorageError(.notFound, "There is no annotation \(id).") }
        return annotation
    }
}

extension AnnotationVersion {
    init(_ row: inout ColumnReader) {
        let action = Action(rawValue: row.next()) ?? .updated
        let user: UserID = row.next()
        let moment: Timestamp = row.next()
        self.init(annotation: Annotation(&row), action: action, by: user, at: moment)
    }

    fileprivate init(present annotation: Annotation, isRestored: Bool) {
        self.init(
            annotation: annotation,
            action: isRestored ? .restored : annotation.revision == 1 ? .created : .updated,
            by: annotation.updatedBy ?? annotation.completedBy,
            at: annotation.updatedAt
        )
    }
}
