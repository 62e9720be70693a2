import Contracts
import LabelModel

/// Moves tasks into the trash and back.
///
/// A task in the trash belongs to an import of its project's that is never committed, so that all
/// that reads tasks passes it by; its row and what was said of it stay where they are.
enum TrashedTasks {
    /// Hides visible tasks of a project and takes them out of what is counted.
    ///
    /// - Returns: Those that were visible, in the same order.
    static func hide(
        _ tasks: [TaskID],
        of project: ProjectID,
        in entry: () throws(StorageError) -> TrashID,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> [TaskID] {
        let connection = transaction.connection
        var hidden: [TaskID] = []
        var counters = ProjectCounters()
        for id in tasks {
            guard let state = try TaskState(of: id, on: connection), state.project == project,
                let row = try row(of: id, connection)
            else { continue }
            let hiding = try hidingImport(of: project, transaction)
            try connection.run(TrashSQL.add, entry(), id, row.importID)
            try connection.run(TrashSQL.setImport, hiding, id)
            try TaskBlocks.count(
                CollectionOfOne(row.innerID),
                -1,
                in: project,
                import: nil,
                on: connection
            )
            counters.add(state.counters)
            hidden.append(id)
        }
        try counters.negated.add(to: project, on: connection)
        if !hidden.isEmpty { transaction.afterCommit(.removed(project, hidden)) }
        return hidden
    }

    /// Shows tasks again and counts them.
    ///
    /// - Returns: Those that are there again; what was deleted for good meanwhile is not.
    static func show(
        _ items: [(id: TaskID, importID: Int64?)],
        of project: ProjectID,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> [TaskID] {
        let connection = transaction.connection
        var shown: [TaskID] = []
        var counters = ProjectCounters()
        for item in items {
            guard let row = try row(of: item.id, connection) else { continue }
            try connection.run(TrashSQL.setImport, item.importID, item.id)
            guard let state = try TaskState(of: item.id, on: connection) else { continue }
            try TaskBlocks.count(
                CollectionOfOne(row.innerID),
                1,
                in: project,
                import: nil,
                on: connection
            )
            counters.add(state.counters)
            shown.append(item.id)
        }
        try counters.add(to: project, on: connection)
        // The queue loads its candidates anew: the tasks lie where it has been already.
        if !shown.isEmpty { transaction.afterCommit(.rulesChanged(project)) }
        return shown
    }

    /// Deletes hidden tasks for good, with annotations of theirs that lie in the trash.
    static func delete(
        _ items: [(id: TaskID, importID: Int64?)],
        of project: ProjectID,
        _ transaction: WriteTransaction
    ) throws(StorageError) {
        let connection = transaction.connection
        for item in items {
            try connection.run(TrashSQL.forgetAnnotationsOfTask, item.id, project)
            try connection.run(TrashSQL.deleteTask, item.id)
        }
    }

    private static func row(
        of id: TaskID,
        _ connection: Connection
    ) throws(StorageError) -> (innerID: Int64, importID: Int64?)? {
        try connection.first(TrashSQL.task, id) { row in
            (innerID: row.next() as Int64, importID: row.next() as Int64?)
        }
    }

    /// The import that hides the trash of a project.
    private static func hidingImport(
        of project: ProjectID,
        _ transaction: WriteTransaction
    ) throws(StorageError) -> Int64 {
        let connection = transaction.connection
        if let id: Int64 = try connection.first(TrashSQL.hidingImport, project, read: { $0.next() })
        {
            return id
        }
        try connection.run(ImportSQL.begin, project, UserID(rawValue: 0), TrashSQL.instance)
        let id = connection.lastInsertedID
        try connection.run(ImportSQL.open, id)
        return id
    }
}

extension ProjectCounters {
    fileprivate mutating func add(_ other: ProjectCounters) {
        tasks += other.tasks
        finishedTasks += other.finishedTasks
        tasksWithAnnotations += other.tasksWithAnnotations
        annotations += other.annotations
        usefulAnnotations += other.usefulAnnotations
        groundTruths += other.groundTruths
        skippedAnnotations += other.skippedAnnotations
        predictions += other.predictions
    }
}
