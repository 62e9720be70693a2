import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let queuePromises: [StoragePromise] = [
        StoragePromise("the same task comes again until it is annotated") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(3, in: project)
            let first = try await bench.next(bench.ann, in: project)
            #expect(first?.task.id == tasks[0])
            #expect(first?.user == bench.ann)
            #expect(first?.token.count == 36)
            #expect(first?.reason.isEmpty == false)
            let again = try await bench.next(bench.ann, in: project)
            #expect(again?.task.id == tasks[0])
            #expect(again?.token == first?.token)
            #expect(try #require(again?.expiresAt) > #require(first?.expiresAt))
            try await bench.annotate(tasks[0], by: bench.ann)
            let second = try await bench.next(bench.ann, in: project)
            #expect(second?.task.id == tasks[1])
            #expect(second?.token != first?.token)
            let task = try await bench.task(tasks[1])
            #expect(second?.task == task)
        },
        StoragePromise("two people never have one slot") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(2, in: project)
            #expect(try await bench.next(bench.ann, in: project)?.task.id == tasks[0])
            #expect(try await bench.next(bench.bob, in: project)?.task.id == tasks[1])
            #expect(try await bench.next(bench.cid, in: project) == nil)
        },
        StoragePromise("a task with an overlap goes to that many people") { bench in
            let project = try await bench.project(overlap: 2)
            let tasks = try await bench.tasks(2, in: project)
            for user in [bench.ann, bench.bob] {
                #expect(try await bench.next(user, in: project)?.task.id == tasks[0])
            }
            #expect(try await bench.next(bench.cid, in: project)?.task.id == tasks[1])
            try await bench.annotate(tasks[0], by: bench.ann)
            #expect(try await bench.next(bench.ann, in: project)?.task.id == tasks[1])
            try await bench.annotate(tasks[1], by: bench.ann)
            #expect(try await bench.next(bench.ann, in: project) == nil)
        },
        StoragePromise("an expired lease makes its task free") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let lease = try #require(try await bench.next(bench.ann, in: project))
            #expect(try await bench.next(bench.bob, in: project) == nil)
            bench.clock.advance(to: lease.expiresAt)
            #expect(try await bench.next(bench.bob, in: project)?.task.id == task)
            #expect(try await bench.next(bench.ann, in: project) == nil)
        },
        StoragePromise("an extended lease lasts longer") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let lease = try #require(try await bench.next(bench.ann, in: project))
            bench.clock.advance(seconds: 30)
            let end = try #require(try await bench.storage.queue.extend(task, for: bench.ann))
            #expect(end > lease.expiresAt)
            bench.clock.advance(to: lease.expiresAt)
            #expect(try await bench.next(bench.bob, in: project) == nil)
            #expect(try await bench.storage.queue.extend(task, for: bench.bob) == nil)
            bench.clock.advance(to: end)
            #expect(try await bench.storage.queue.extend(task, for: bench.ann) == nil)
            #expect(try await bench.next(bench.bob, in: project)?.task.id == task)
        },
        StoragePromise("a released task goes to whoever asks next") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(2, in: project)
            _ = try await bench.next(bench.ann, in: project)
            _ = try await bench.next(bench.bob, in: project)
            // Only the holder can give a task back.
            try await bench.storage.queue.release(tasks[0], for: bench.bob)
            #expect(try await bench.next(bench.cid, in: project) == nil)
            try await bench.storage.queue.release(tasks[0], for: bench.ann)
            #expect(try await bench.next(bench.cid, in: project)?.task.id == tasks[0])
        },
        StoragePromise("an annotation without a lease takes a slot too") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(3, in: project)
            _ = try await bench.next(bench.ann, in: project)
            try await bench.annotate(tasks[1], by: bench.cid)
            #expect(try await bench.next(bench.bob, in: project)?.task.id == tasks[2])
            // Ann's task was labeled by another: she gets none that is done.
            try await bench.annotate(tasks[0], by: bench.cid)
            #expect(try await bench.next(bench.ann, in: project) == nil)
        },
        StoragePromise("a task becomes free again when its annotation is deleted") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(2, in: project)
            _ = try await bench.next(bench.ann, in: project)
            let annotation = try await bench.annotate(tasks[0], by: bench.ann)
            _ = try await bench.next(bench.ann, in: project)
            try await bench.annotate(tasks[1], by: bench.ann)
            #expect(try await bench.next(bench.ann, in: project) == nil)
            try await bench.storage.annotations.delete(annotation.id, by: bench.ann)
            #expect(try await bench.next(bench.bob, in: project)?.task.id == tasks[0])
        },
        StoragePromise("new and deleted tasks are noticed") { bench in
            let project = try await bench.project()
            #expect(try await bench.next(bench.ann, in: project) == nil)
            let tasks = try await bench.tasks(2, in: project)
            #expect(try await bench.next(bench.ann, in: project)?.task.id == tasks[0])
            try await bench.storage.tasks.delete(tasks[0])
            #expect(try await bench.next(bench.ann, in: project)?.task.id == tasks[1])
            try await bench.storage.tasks.delete(tasks[1])
            #expect(try await bench.next(bench.ann, in: project) == nil)
            let last = try await bench.tasks(1, in: project)
            #expect(try await bench.next(bench.bob, in: project)?.task.id == last[0])
        },
        StoragePromise("a changed overlap is noticed, and leases outlive it") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            _ = try await bench.next(bench.ann, in: project)
            #expect(try await bench.next(bench.bob, in: project) == nil)
            _ = try await bench.storage.projects.update(project, enabling: [], by: bench.ann) {
                $0.maximumAnnotations = 2
            }
            #expect(try await bench.next(bench.bob, in: project)?.task.id == task)
            #expect(try await bench.next(bench.cid, in: project) == nil)
            #expect(try await bench.next(bench.ann, in: project)?.task.id == task)
        },
        StoragePromise("what another process labels or adds is not handed out wrongly") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(3, in: project)
            #expect(try await bench.next(bench.ann, in: project)?.task.id == tasks[0])
            let other = try await bench.place.open(clock: bench.clock)
            _ = try await other.annotations.insert(
                StorageBench.answer(),
                on: tasks[1],
                by: bench.cid
            )
            let added = try await other.tasks.insert(
                StorageBench.newTasks(1),
                into: project,
                by: bench.cid,
                file: nil
            )
            await other.close()
            #expect(try await bench.next(bench.bob, in: project)?.task.id == tasks[2])
            #expect(try await bench.next(bench.cid, in: project)?.task.id == added[0])
        },
    ]
}

extension StorageBench {
    func next(_ user: UserID, in project: ProjectID) async throws -> TaskLease? {
        try await storage.queue.next(for: user, in: project)
    }
}
