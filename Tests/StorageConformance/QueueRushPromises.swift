import Contracts
import LabelModel
import Synchronization
import Testing

extension StorageConformance {
    static let queueRushPromises: [StoragePromise] =
        [1, 3].flatMap { overlap in
            ProjectSettings.Sampling.allCases.map { sampling in
                StoragePromise(
                    "64 people at once, overlap \(overlap), \(sampling.rawValue): no slot twice"
                ) { bench in
                    try await bench.rush(overlap: Int64(overlap), sampling: sampling)
                }
            }
        } + [
            StoragePromise("64 people who ask at the same moment get 64 slots") { bench in
                let project = try await bench.project(overlap: 2)
                let tasks = try await bench.tasks(40, in: project)
                let users = try await bench.users(64)
                let leases = try await withThrowingTaskGroup(of: TaskLease?.self) { group in
                    for user in users {
                        group.addTask { try await bench.next(user, in: project) }
                    }
                    return try await group.reduce(into: [TaskLease?]()) { $0.append($1) }
                }
                let taken = leases.compactMap { $0?.task.id }
                #expect(taken.count == 64)
                for task in Set(taken) { #expect(taken.filter { $0 == task }.count == 2) }
                #expect(Set(taken) == Set(tasks[..<32]))
            }
        ]
}

extension StorageBench {
    /// Lets 64 people annotate until nothing is left; some skip, some give back.
    fileprivate func rush(overlap: Int64, sampling: ProjectSettings.Sampling) async throws {
        let project = try await project(overlap: overlap) { $0.sampling = sampling }
        let tasks = try await tasks(700, in: project)
        let users = try await users(64)
        let witness = SlotWitness()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for user in users {
                group.addTask {
                    var turn = 0
                    while let lease = try await next(user, in: project) {
                        turn += 1
                        let task = lease.task.id
                        let people = witness.add(user, to: task)
                        #expect(people.count <= Int(overlap), "task \(task): \(people)")
                        if turn % 7 == 3 {
                            // Before the release: after it another may have the task at once.
                            witness.remove(user, from: task)
                            try await storage.queue.release(task, for: user)
                        } else {
                            try await annotate(task, by: user)
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
        let counters = try await counters(of: project)
        #expect(counters.annotations == Int64(tasks.count) * overlap)
        #expect(counters.finishedTasks == Int64(tasks.count))
        #expect(tasks.allSatisfy { witness.people(on: $0) == Int(overlap) })
    }
}

/// Who has which task now or has answered it.
private final class SlotWitness: Sendable {
    private let people = Mutex<[TaskID: Set<UserID>]>([:])

    /// - Returns: Everyone on the task.
    func add(_ user: UserID, to task: TaskID) -> Set<UserID> {
        people.withLock { people in
            people[task, default: []].insert(user)
            return people[task, default: []]
        }
    }

    func remove(_ user: UserID, from task: TaskID) {
        people.withLock { _ = $0[task]?.remove(user) }
    }

    func people(on task: TaskID) -> Int {
        people.withLock { $0[task]?.count ?? 0 }
    }
}
