import Contracts
import LabelModel
import Synchronization

/// The queues of all projects behind one lock; every call takes microseconds.
final class LeaseQueue: Sendable {
    /// What the queue knows of a user's turn.
    enum Turn: Sendable {
        case task(ProjectQueue.Lease)
        /// Nothing among the candidates that are loaded.
        case nothing
    }

    /// What a load has to start from.
    struct Shortage: Sendable {
        let generation: Int
        let rules: QueueRules?
        let supply: QueueSupply?
    }

    private let clock: any WallClock
    private let leaseSeconds: Int64
    private let projects = Mutex<[ProjectID: ProjectQueue]>([:])

    init(clock: any WallClock, leaseSeconds: Int64) {
        self.clock = clock
        self.leaseSeconds = leaseSeconds
    }

    /// Takes in what was committed.
    func apply(_ events: [QueueEvent]) {
        guard !events.isEmpty else { return }
        projects.withLock { projects in
            for event in events {
                switch event {
                case .answered(let answer): projects[answer.project]?.apply(answer)
                case .removed(let project, let tasks):
                    for task in tasks { projects[project]?.remove(task) }
                case .rulesChanged(let project): projects[project]?.reset()
                case .closed(let project): projects[project] = nil
                }
            }
        }
    }

    /// Gives the user the task of the lease that they have, or else the first candidate.
    func turn(of user: UserID, in project: ProjectID) -> Turn {
        let now = clock.now()
        let expiresAt = now.adding(seconds: leaseSeconds)
        return projects.withLock { projects in
            projects[project, default: ProjectQueue()].turn(
                of: user,
                at: now,
                until: expiresAt
            )
        }
    }

    /// Gives the user this very task, when it has a free slot.
    func take(_ task: TaskID, for user: UserID, in project: ProjectID, reason: String)
        -> ProjectQueue.Lease?
    {
        let now = clock.now()
        let lease = ProjectQueue.Lease(
            task: task,
            at: now,
            until: now.adding(seconds: leaseSeconds),
            reason: reason
        )
        let isTaken = projects.withLock { projects in
            projects[project]?.take(lease, for: user) ?? false
        }
        return isTaken ? lease : nil
    }

    func extend(_ task: TaskID, for user: UserID) -> Timestamp? {
        let now = clock.now()
        let expiresAt = now.adding(seconds: leaseSeconds)
        return projects.withLock { projects in
            for id in projects.keys {
                projects[id]?.expire(at: now)
                if projects[id]?.extend(task, for: user, until: expiresAt) == true {
                    return expiresAt
                }
            }
            return nil
        }
    }

    func release(_ task: TaskID, for user: UserID) {
        projects.withLock { projects in
            for id in projects.keys { projects[id]?.release(task, for: user) }
        }
    }

    /// Takes out a task that turned out to be labeled or gone, with the user's lease of it.
    func discard(_ task: TaskID, of user: UserID, in project: ProjectID) {
        projects.withLock { projects in
            projects[project]?.remove(task)
            projects[project]?.release(task, for: user)
        }
    }

    // MARK: Loading

    func shortage(of project: ProjectID) -> Shortage {
        projects.withLock { projects in
            let queue = projects[project, default: ProjectQueue()]
            return Shortage(
                generation: queue.generation,
                rules: queue.rules,
                supply: queue.supply
            )
        }
    }

    /// Takes in a batch.
    ///
    /// - Returns: How many candidates were new; nil when the project's rules changed meanwhile.
    func add(
        _ candidates: [QueueCandidate],
        from supply: QueueSupply,
        _ rules: QueueRules,
        to project: ProjectID,
        after shortage: Shortage
    ) -> Int? {
        projects.withLock { projects in
            var queue = projects.removeValue(forKey: project) ?? ProjectQueue()
            defer { projects[project] = queue }
            guard queue.generation == shortage.generation else { return nil }
            if let known = queue.rules, known != rules { queue.reset() }
            queue.resupply(supply, rules)
            return queue.add(candidates)
        }
    }

    /// Takes in candidates that were looked up by themselves.
    func add(_ candidates: [QueueCandidate], to project: ProjectID) {
        projects.withLock { projects in
            _ = projects[project, default: ProjectQueue()].add(candidates)
        }
    }

    /// True when a batch should be loaded before it is missed.
    func isRunningLow(_ project: ProjectID) -> Bool {
        projects.withLock { projects in
            guard let queue = projects[project], let supply = queue.supply else { return false }
            return !supply.isAtEnd && queue.untouchedCount < 128
        }
    }

    func rules(of project: ProjectID) -> QueueRules? {
        projects.withLock { $0[project]?.rules }
    }
}

extension ProjectQueue {
    fileprivate mutating func turn(
        of user: UserID,
        at now: Timestamp,
        until expiresAt: Timestamp
    ) -> LeaseQueue.Turn {
        expire(at: now)
        if var held = lease(of: user) {
            _ = extend(held.task, for: user, until: expiresAt)
            held.expiresAt = expiresAt
            return .task(held)
        }
        while let task = firstCandidate(for: user) {
            let lease = Lease(
                task: task,
                at: now,
                until: expiresAt,
                reason: rules?.reason ?? ""
            )
            if take(lease, for: user) { return .task(lease) }
        }
        return .nothing
    }
}

extension ProjectQueue.Lease {
    fileprivate init(
        task: TaskID,
        at now: Timestamp,
        until expiresAt: Timestamp,
        reason: String
    ) {
        self.init(
            task: task,
            token: UniqueID.make(at: now.microseconds / 1_000).text,
            expiresAt: expiresAt,
            reason: reason
        )
    }
}
