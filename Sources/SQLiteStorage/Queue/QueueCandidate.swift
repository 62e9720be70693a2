import LabelModel

/// A task that is not labeled yet, as the queue sees it.
struct QueueCandidate: Sendable {
    let task: TaskID
    var overlap: Int64
    /// Users with an annotation that is not cancelled.
    var answered: [UserID]
    /// Users who skipped it and did no more.
    var skipped: [UserID]
    /// Leases of users who have not answered yet; kept by ``ProjectQueue``.
    var leases = 0
    /// True once it is labeled or deleted; its place stays until the queue closes up.
    var isGone = false

    init(task: TaskID, overlap: Int64, answered: [UserID] = [], skipped: [UserID] = []) {
        self.task = task
        self.overlap = overlap
        self.answered = answered
        self.skipped = skipped
    }

    /// Slots that neither an answer nor a lease takes.
    func freeSlots(skipsCount: Bool) -> Int64 {
        guard !isGone else { return 0 }
        let answers = answered.count + (skipsCount ? skipped.count : 0)
        return overlap - Int64(answers + leases)
    }

    func isNew(to user: UserID) -> Bool {
        !answered.contains(user) && !skipped.contains(user)
    }
}
