import Contracts
import LabelModel

/// What the store keeps of a task besides its data: counts, and what follows from them.
struct TaskState {
    let id: TaskID
    let project: ProjectID
    var overlap: Int64
    let isLabeled: Bool
    let total: Int64
    let cancelled: Int64
    let useful: Int64
    let groundTruths: Int64
    let predictions: Int64
    /// True when a skipped task is done with.
    let skipsCount: Bool
    let configVersion: Int64

    private static let select = SQLText(
        """
        SELECT t.id, t.project_id, t.overlap, t.is_labeled, t.total_annotations,
            t.cancelled_annotations, t.useful_annotations, t.ground_truths, t.total_predictions,
            p.skip_queue = 'IGNORE_SKIPPED', p.config_version
        FROM tasks t JOIN projects p ON p.id = t.project_id
        WHERE t.id = ? AND \(LabelingTask.isVisible)
        """
    )
    private static let update = SQLText(
        """
        UPDATE tasks SET is_labeled = ?, total_annotations = ?, cancelled_annotations = ?,
            useful_annotations = ?, ground_truths = ?, revision = revision + 1,
            updated_at = ?, updated_by = ?
        WHERE id = ?
        """
    )

    /// The state of a visible task, or nil.
    init?(of task: TaskID, on connection: Connection) throws(StorageError) {
        let state = try connection.first(Self.select, task) { row in TaskState(&row) }
        guard let state else { return nil }
        self = state
    }

    private init(_ row: inout ColumnReader) {
        id = row.next()
        project = row.next()
        overlap = row.next()
        isLabeled = row.next()
        total = row.next()
        cancelled = row.next()
        useful = row.next()
        groundTruths = row.next()
        predictions = row.next()
        skipsCount = row.next()
        configVersion = row.next()
    }

    /// Writes what follows from the annotations that the task now has, to the task, to its
    /// project's counters, and to the queue.
    ///
    /// `user` is who changed something, `holder` whose lease of the task ends with it, or nil.
    func settle(
        _ tally: TaskTally,
        by user: UserID,
        freeing holder: UserID? = nil,
        _ transaction: WriteTransaction
    ) throws(StorageError) {
        let isNowLabeled = tally.answers(countingSkips: skipsCount) >= overlap
        try transaction.connection.run(
            Self.update,
            isNowLabeled,
            tally.total,
            tally.cancelled,
            tally.useful,
            tally.groundTruths,
            transaction.now,
            user,
            id
        )
        var change = ProjectCounters()
        change.finishedTasks = (isNowLabeled ? 1 : 0) - (isLabeled ? 1 : 0)
        change.tasksWithAnnotations = (tally.useful > 0 ? 1 : 0) - (useful > 0 ? 1 : 0)
        change.annotations = tally.total - total
        change.usefulAnnotations = tally.useful - useful
        change.groundTruths = tally.groundTruths - groundTruths
        change.skippedAnnotations = tally.cancelled - cancelled
        try change.add(to: project, on: transaction.connection)
        transaction.afterCommit(
            .answered(
                QueueEvent.Answer(
                    project: project,
                    task: id,
                    overlap: overlap,
                    answered: tally.answered,
                    skipped: tally.skipped,
                    isLabeled: isNowLabeled,
                    isReopened: isLabeled && !isNowLabeled,
                    freed: holder
                )
            )
        )
    }

    /// What the project's counters lose with this task.
    var counters: ProjectCounters {
        var counters = ProjectCounters()
        counters.tasks = 1
        counters.finishedTasks = isLabeled ? 1 : 0
        counters.tasksWithAnnotations = useful > 0 ? 1 : 0
        counters.annotations = total
        counters.usefulAnnotations = useful
        counters.groundTruths = groundTruths
        counters.skippedAnnotations = cancelled
        counters.predictions = predictions
        return counters
    }
}
