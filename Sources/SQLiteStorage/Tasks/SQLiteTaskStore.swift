import Contracts
import LabelModel

struct SQLiteTaskStore: TaskStore {
    let engine: Engine

    func insert(
        _ tasks: [NewTask],
        into project: ProjectID,
        by user: UserID,
        file: FileUploadID?
    ) async throws(StorageError) -> [TaskID] {
        try await engine.write { (transaction) throws(StorageError) in
            var insertion = try TaskInsertion(
                into: project,
                by: user,
                file: file,
                transaction: transaction
            )
            let ids = try insertion.insert(tasks)
            try insertion.counters.add(to: project, on: transaction.connection)
            if let first = ids.first, let last = ids.last {
                try transaction.announceTasks(
                    from: first.rawValue,
                    to: last.rawValue,
                    of: nil,
                    in: project
                )
            }
            return ids
        }
    }

    func task(_ id: TaskID) async throws(StorageError) -> LabelingTask? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(TaskSQL.byID, id) { LabelingTask(&$0) }
        }
    }

    func page(
        of project: ProjectID,
        number: Int,
        size: Int
    ) async throws(StorageError) -> [LabelingTask] {
        let offset = Int64(max(1, number) - 1) * Int64(size)
        return try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                guard
                    let start = try TaskBlocks.start(
                        ofOffset: offset,
                        in: project,
                        on: connection
                    )
                else { return [] }
                return try connection.all(
                    TaskSQL.pageAscending,
                    project,
                    start.innerID,
                    start.skip,
                    size
                ) { LabelingTask(&$0) }
            }
        }
    }

    func newestFirst(
        of project: ProjectID,
        number: Int,
        size: Int
    ) async throws(StorageError) -> [LabelingTask] {
        let offset = Int64(max(1, number) - 1) * Int64(size)
        return try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                guard
                    let start = try TaskBlocks.startFromEnd(
                        ofOffset: offset,
                        in: project,
                        on: connection
                    )
                else { return [] }
                return try connection.all(
                    TaskSQL.pageDescending,
                    project,
                    start.innerID,
                    start.skip,
                    size
                ) { LabelingTask(&$0) }
            }
        }
    }

    func annotators(of tasks: [TaskID]) async throws(StorageError) -> [TaskID: [UserID]] {
        try await engine.read { (connection) throws(StorageError) in
            var annotators: [TaskID: [UserID]] = [:]
            annotators.reserveCapacity(tasks.count)
            for task in tasks {
                annotators[task] = try connection.all(TaskSQL.annotators, task) { $0.next() }
            }
            return annotators
        }
    }

    func update(
        _ id: TaskID,
        _ changes: TaskChanges,
        by user: UserID
    ) async throws(StorageError) -> LabelingTask {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard var state = try TaskState(of: id, on: connection) else { throw .noTask(id) }
            if let overlap = changes.overlap { state.overlap = max(1, overlap) }
            try connection.run(
                TaskSQL.change,
                changes.meta,
                changes.overlap.map { max(1, $0) },
                changes.allowSkip,
                transaction.now,
                user,
                id
            )
            if let data = changes.data { try Self.replaceData(of: id, data, on: connection) }
            if changes.overlap != nil {
                try state.settle(TaskTally(of: id, on: connection), by: user, transaction)
            }
            guard let task = try connection.first(TaskSQL.byID, id, read: { LabelingTask(&$0) })
            else { throw .noTask(id) }
            return task
        }
    }

    private static func replaceData(
        of id: TaskID,
        _ data: RawJSON,
        on connection: Connection
    ) throws(StorageError) {
        if data.bytes.count > TaskSQL.inlineDataLimit {
            try connection.run(TaskSQL.insertLargeData, id, data)
            try connection.run(TaskSQL.setData, RawJSON?.none, id)
        } else {
            try connection.run(TaskSQL.setData, data, id)
            try connection.run(TaskSQL.deleteLargeData, id)
        }
    }

    func delete(_ id: TaskID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let project = try TaskRemoval.remove(id, transaction)
            try transaction.announceDeletion(of: [id], in: project)
        }
    }

    func deleteAll(of project: ProjectID) async throws(StorageError) -> Int64 {
        try await TaskRemoval(engine: engine).removeAll(of: project)
    }

    func records(_ selection: TaskSelection) async throws(StorageError) -> any TaskRecordCursor {
        SQLiteTaskRecordCursor(engine: engine, selection: selection)
    }
}

extension StorageError {
    static func noTask(_ id: TaskID) -> StorageError {
        StorageError(.notFound, "There is no task \(id).")
    }
}
