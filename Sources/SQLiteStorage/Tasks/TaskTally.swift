import Contracts
import LabelModel

/// Who has answered a task, and how.
struct TaskTally {
    /// Users with an annotation that is not cancelled, ascending.
    var answered: [UserID] = []
    /// Users whose annotations are all cancelled, ascending.
    var skipped: [UserID] = []
    /// Annotations that are not cancelled.
    var total: Int64 = 0
    var cancelled: Int64 = 0
    /// Annotations that are neither cancelled nor ground truth.
    var useful: Int64 = 0
    var groundTruths: Int64 = 0

    init() {}

    /// Ordered so that a user's uncancelled annotations come first.
    private static let answers = SQLText(
        """
        SELECT completed_by, was_cancelled, ground_truth FROM annotations
        WHERE task_id = ? ORDER BY completed_by, was_cancelled
        """
    )

    /// Reads what is stored; an index alone answers it.
    init(of task: TaskID, on connection: Connection) throws(StorageError) {
        var tally = TaskTally()
        try connection.forEach(Self.answers, task) { row in
            tally.add(by: row.next(), wasCancelled: row.next(), groundTruth: row.next())
            return true
        }
        self = tally
    }

    /// Counts one annotation.
    ///
    /// Any order of users will do, as long as a user's uncancelled annotations come before the
    /// cancelled ones or ``answered`` and ``skipped`` are small enough to search.
    mutating func add(by user: UserID, wasCancelled: Bool, groundTruth: Bool) {
        if wasCancelled {
            cancelled += 1
            if !answered.contains(user), !skipped.contains(user) { skipped.append(user) }
        } else {
            total += 1
            if !groundTruth { useful += 1 }
            if !answered.contains(user) { answered.append(user) }
            skipped.removeAll { $0 == user }
        }
        if groundTruth { groundTruths += 1 }
    }

    /// How many people's answers count towards the overlap.
    func answers(countingSkips: Bool) -> Int64 {
        Int64(answered.count + (countingSkips ? skipped.count : 0))
    }
}

extension TaskTally {
    /// The tally after one annotation was added, read from the index only when there were others.
    init(
        after annotation: Annotation,
        _ before: TaskState,
        on connection: Connection
    ) throws(StorageError) {
        guard before.total == 0, before.cancelled == 0 else {
            try self.init(of: annotation.task, on: connection)
            return
        }
        self.init()
        add(
            by: annotation.completedBy,
            wasCancelled: annotation.wasCancelled,
            groundTruth: annotation.groundTruth
        )
    }
}
