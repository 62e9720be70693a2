import Contracts
import LabelModel

/// Counts of visible tasks for each 512 inner ids of a project.
///
/// They find the n-th task without stepping over the n - 1 before it: a project of ten million
/// tasks has twenty thousand blocks, and a page lies inside one or two.
enum TaskBlocks {
    private static let shift: Int64 = 9

    private static let add = SQLText(
        """
        INSERT INTO task_blocks(project_id, import_id, block, tasks) VALUES (?, ?, ?, ?)
        ON CONFLICT DO UPDATE SET tasks = tasks + excluded.tasks
        """
    )
    private static let ascending = SQLText(
        """
        SELECT block, tasks FROM task_blocks WHERE project_id = ? AND import_id = 0 ORDER BY block
        """
    )
    private static let descending = SQLText(
        """
        SELECT block, tasks FROM task_blocks WHERE project_id = ? AND import_id = 0
        ORDER BY block DESC
        """
    )
    private static let makeVisible = SQLText(
        """
        INSERT INTO task_blocks(project_id, import_id, block, tasks)
            SELECT project_id, 0, block, tasks FROM task_blocks
            WHERE project_id = ?1 AND import_id = ?2
        ON CONFLICT DO UPDATE SET tasks = tasks + excluded.tasks
        """
    )
    private static let forget = SQLText(
        "DELETE FROM task_blocks WHERE project_id = ? AND import_id = ?"
    )

    /// Counts tasks in or out.
    ///
    /// `sign` is 1 for new tasks and -1 for deleted ones; `id` names the open import that hides
    /// the tasks, nil when they are visible.
    static func count(
        _ innerIDs: some Sequence<Int64>,
        _ sign: Int64,
        in project: ProjectID,
        import id: ImportID?,
        on connection: Connection
    ) throws(StorageError) {
        var block: Int64 = -1
        var tasks: Int64 = 0
        for innerID in innerIDs {
            let next = (innerID - 1) >> shift
            if next != block {
                if tasks != 0 { try connection.run(add, project, id?.rawValue ?? 0, block, tasks) }
                block = next
                tasks = 0
            }
            tasks += sign
        }
        if tasks != 0 { try connection.run(add, project, id?.rawValue ?? 0, block, tasks) }
    }

    /// Adds the tasks of a committed import to the visible ones.
    static func commit(
        _ id: ImportID,
        of project: ProjectID,
        on connection: Connection
    ) throws(StorageError) {
        try connection.run(makeVisible, project, id.rawValue)
        try forget(id, of: project, on: connection)
    }

    static func forget(
        _ id: ImportID,
        of project: ProjectID,
        on connection: Connection
    ) throws(StorageError) {
        try connection.run(forget, project, id.rawValue)
    }

    /// Where the task at an offset, from 0, in the order of inner ids lies.
    ///
    /// The answer is the inner id from which to count on and how many tasks to skip from there, or
    /// nil past the end.
    static func start(
        ofOffset offset: Int64,
        in project: ProjectID,
        on connection: Connection
    ) throws(StorageError) -> (innerID: Int64, skip: Int64)? {
        try find(offset, ascending, project, connection) { block in (block << shift) + 1 }
    }

    /// Like ``start(ofOffset:in:on:)``, counted from the last task backwards.
    static func startFromEnd(
        ofOffset offset: Int64,
        in project: ProjectID,
        on connection: Connection
    ) throws(StorageError) -> (innerID: Int64, skip: Int64)? {
        try find(offset, descending, project, connection) { block in (block + 1) << shift }
    }

    private static func find(
        _ offset: Int64,
        _ blocks: SQLText,
        _ project: ProjectID,
        _ connection: Connection,
        _ innerID: (Int64) -> Int64
    ) throws(StorageError) -> (innerID: Int64, skip: Int64)? {
        var rest = offset
        var found: (innerID: Int64, skip: Int64)?
        try connection.forEach(blocks, project) { row in
            let block: Int64 = row.next()
            let tasks: Int64 = row.next()
            guard rest < tasks else {
                rest -= tasks
                return true
            }
            found = (innerID(block), rest)
            return false
        }
        return found
    }
}
