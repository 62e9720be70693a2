import Contracts
import LabelModel

struct SQLiteDraftStore: DraftStore {
    let engine: Engine

    func save(
        result: RawJSON,
        leadTime: Double,
        wasPostponed: Bool,
        on task: TaskID,
        annotation: AnnotationID?,
        by user: UserID
    ) async throws(StorageError) -> AnnotationDraft {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard let state = try TaskState(of: task, on: connection) else { throw .noTask(task) }
            if let annotation {
                let target = try SQLiteAnnotationStore.visible(annotation, on: connection)
                guard target.task == task else {
                    throw StorageError(
                        .invalid,
                        "Annotation \(annotation) is of task \(target.task)."
                    )
                }
            }
            let draft = try connection.first(
                DraftSQL.save,
                task,
                state.project,
                user,
                annotation,
                result,
                leadTime,
                wasPostponed,
                transaction.now,
                transaction.now
            ) { AnnotationDraft(&$0) }
            guard let draft else { throw .noTask(task) }
            return draft
        }
    }

    func draft(_ id: DraftID) async throws(StorageError) -> AnnotationDraft? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(DraftSQL.byID, id) { AnnotationDraft(&$0) }
        }
    }

    func update(
        _ id: DraftID,
        result: RawJSON?,
        leadTime: Double?,
        wasPostponed: Bool?
    ) async throws(StorageError) -> AnnotationDraft {
        try await engine.write { (transaction) throws(StorageError) in
            let draft = try transaction.connection.first(
                DraftSQL.update,
                result,
                leadTime,
                wasPostponed,
                transaction.now,
                id
            ) { AnnotationDraft(&$0) }
            guard let draft else { throw .noDraft(id) }
            return draft
        }
    }

    func replaceResult(
        of id: DraftID,
        _ old: RawJSON,
        with new: RawJSON
    ) async throws(StorageError) -> Bool {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            try connection.run(DraftSQL.replaceResult, id, old, new, transaction.now)
            return connection.changes == 1
        }
    }

    func delete(_ id: DraftID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(DraftSQL.delete, id)
            guard transaction.connection.changes == 1 else { throw .noDraft(id) }
        }
    }

    func drafts(
        of tasks: [TaskID],
        by user: UserID
    ) async throws(StorageError) -> [TaskID: [AnnotationDraft]] {
        try await engine.read { (connection) throws(StorageError) in
            var drafts: [TaskID: [AnnotationDraft]] = [:]
            for task in tasks {
                let found = try connection.all(DraftSQL.ofTaskAndUser, task, user) {
                    AnnotationDraft(&$0)
                }
                if !found.isEmpty { drafts[task] = found }
            }
            return drafts
        }
    }

    func drafts(
        of task: TaskID,
        by user: UserID?
    ) async throws(StorageError) -> [AnnotationDraft] {
        try await engine.read { (connection) throws(StorageError) in
            if let user {
                return try connection.all(DraftSQL.ofTaskAndUser, task, user) {
                    AnnotationDraft(&$0)
                }
            }
            return try connection.all(DraftSQL.ofTask, task) { AnnotationDraft(&$0) }
        }
    }
}

extension AnnotationDraft {
    init(_ row: inout ColumnReader) {
        self.init(
            id: row.next(),
            task: row.next(),
            project: row.next(),
            user: row.next(),
            annotation: row.next(),
            result: row.next(),
            leadTime: row.next(),
            wasPostponed: row.next(),
            createdAt: row.next(),
            updatedAt: row.next()
        )
    }
}

extension StorageError {
    fileprivate static func noDraft(_ id: DraftID) -> StorageError {
        StorageError(.notFound, "There is no draft \(id).")
    }
}
