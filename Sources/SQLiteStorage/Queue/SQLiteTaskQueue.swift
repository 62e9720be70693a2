import Contracts
import LabelModel

/// Hands out tasks from the candidates in memory, and reads each from the database first.
struct SQLiteTaskQueue: TaskQueue {
    let engine: Engine
    private let loader = QueueLoader()

    init(engine: Engine) {
        self.engine = engine
    }

    private static let skips = SQLText(
        """
        SELECT a.task_id FROM annotations a JOIN tasks t ON t.id = a.task_id
        WHERE a.project_id = ?1 AND a.completed_by = ?2 AND a.was_cancelled = 1
            AND t.is_labeled = 0 AND \(LabelingTask.isVisible)
            AND NOT EXISTS (SELECT 1 FROM annotations b WHERE b.task_id = a.task_id
                AND b.completed_by = ?2 AND b.was_cancelled = 0)
        GROUP BY a.task_id ORDER BY max(a.updated_at), a.task_id LIMIT 100
        """
    )

    func next(for user: UserID, in project: ProjectID) async throws(StorageError) -> TaskLease? {
        var hasMore = true
        while true {
            switch engine.queue.turn(of: user, in: project) {
            case .task(let lease):
                if engine.queue.isRunningLow(project) { loader.prefetch(project, from: engine) }
                if let lease = try await confirm(lease, of: user, in: project) { return lease }
            case .nothing:
                guard hasMore else { return try await skippedTask(for: user, in: project) }
                hasMore = try await loader.load(project, from: engine) > 0
            }
        }
    }

    func extend(_ task: TaskID, for user: UserID) async throws(StorageError) -> Timestamp? {
        engine.queue.extend(task, for: user)
    }

    func release(_ task: TaskID, for user: UserID) async throws(StorageError) {
        engine.queue.release(task, for: user)
    }

    /// Reads the task of a lease; the memory may lag behind what another process wrote.
    ///
    /// - Returns: nil when the task is not to be labeled any more; the lease is over then.
    private func confirm(
        _ lease: ProjectQueue.Lease,
        of user: UserID,
        in project: ProjectID
    ) async throws(StorageError) -> TaskLease? {
        let read = try await engine.read { (connection) throws(StorageError) in
            let task = try connection.first(TaskSQL.byID, lease.task) { LabelingTask(&$0) }
            let drafts = try connection.all(DraftSQL.ofTaskAndUser, lease.task, user) {
                AnnotationDraft(&$0)
            }
            guard let task, task.totalAnnotations + task.cancelledAnnotations > 0 else {
                return (task: task, drafts: drafts, tally: TaskTally())
            }
            let tally = try TaskTally(of: lease.task, on: connection)
            return (task: task, drafts: drafts, tally: tally)
        }
        guard let task = read.task, !task.isLabeled else {
            engine.queue.discard(lease.task, of: user, in: project)
            return nil
        }
        if read.tally.answered.contains(user) {
            let answer = QueueEvent.Answer(
                project: project,
                task: task.id,
                overlap: task.overlap,
                answered: read.tally.answered,
                skipped: read.tally.skipped,
                isLabeled: false,
                isReopened: false,
                freed: user
            )
            engine.queue.apply([.answered(answer)])
            return nil
        }
        return TaskLease(
            task: task,
            drafts: read.drafts,
            user: user,
            expiresAt: lease.expiresAt,
            token: lease.token,
            reason: lease.reason
        )
    }

    /// A task that the user skipped, the longest ago first, where the project brings them back.
    private func skippedTask(
        for user: UserID,
        in project: ProjectID
    ) async throws(StorageError) -> TaskLease? {
        guard engine.queue.rules(of: project)?.skipQueue == .requeueForMe else { return nil }
        let candidates = try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                let tasks: [TaskID] = try connection.all(Self.skips, project, user) { $0.next() }
                var candidates: [QueueCandidate] = []
                for task in tasks {
                    guard let candidate = try QueueCandidate(of: task, on: connection) else {
                        continue
                    }
                    candidates.append(candidate)
                }
                return candidates
            }
        }
        engine.queue.add(candidates, to: project)
        for candidate in candidates {
            let lease = engine.queue.take(
                candidate.task,
                for: user,
                in: project,
                reason: "Skipped queue"
            )
            guard let lease else { continue }
            if let lease = try await confirm(lease, of: user, in: project) { return lease }
        }
        return nil
    }
}

extension QueueCandidate {
    /// A task as it is stored, or nil when it is not there.
    fileprivate init?(of task: TaskID, on connection: Connection) throws(StorageError) {
        guard let state = try TaskState(of: task, on: connection) else { return nil }
        let tally = try TaskTally(of: task, on: connection)
        self.init(
            task: task,
            overlap: state.overlap,
            answered: tally.answered,
            skipped: tally.skipped
        )
    }
}
