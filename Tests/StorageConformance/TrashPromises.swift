import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let trashPromises: [StoragePromise] = [
        StoragePromise("tasks in the trash are nowhere, and back they are as they were") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(5, in: project)
            try await bench.annotate(tasks[1], by: bench.ann)
            try await bench.skip(tasks[2], by: bench.bob)
            let before = try await bench.storage.moves.chronicles(of: project, after: 0, limit: 9)
            let counters = try await bench.counters(of: project)
            let trash = bench.storage.trash
            let (count, made) = try await trash.discard(
                [tasks[1], tasks[3]],
                of: project,
                into: nil,
                by: bench.bob
            )
            let again = try await trash.discard([tasks[1]], of: project, into: made, by: bench.bob)
            let more = try await trash.discard([tasks[2]], of: project, into: made, by: bench.bob)
            #expect(count == 2 && again.count == 0 && more.count == 1 && more.entry == made)
            #expect(try await bench.storage.tasks.task(tasks[1]) == nil)
            let page = try await bench.storage.tasks.page(of: project, number: 1, size: 9)
            #expect(page.map(\.id) == [tasks[0], tasks[4]])
            let left = try await bench.counters(of: project)
            #expect(left.tasks == 2 && left.annotations == 0 && left.skippedAnnotations == 0)
            #expect(left.finishedTasks == 0 && left.tasksWithAnnotations == 0)
            await expect(.notFound) { try await bench.annotate(tasks[1], by: bench.cid) }

            let entry = try #require(
                try await trash.entries(of: project, before: nil, limit: 9).first
            )
            #expect(entry.kind == .tasks && entry.count == 3 && entry.by == bench.bob)
            #expect(entry.firstItem == tasks[1].rawValue && entry.innerID == 2)
            #expect(try await trash.restore(entry.id, by: bench.ann) == 3)
            #expect(try await bench.counters(of: project) == counters)
            let after = try await bench.storage.moves.chronicles(of: project, after: 0, limit: 9)
            #expect(after == before)
            let pages = try await bench.storage.tasks.page(of: project, number: 1, size: 9)
            #expect(pages.map(\.id) == tasks)
            await expect(.notFound) { _ = try await trash.restore(entry.id, by: bench.ann) }
        },
        StoragePromise("webhooks are told of the tasks that are back, and of no others") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(5, in: project)
            let webhook = try await bench.webhook(of: project) {
                $0.sendsAllActions = false
                $0.actions = [.tasksCreated]
            }
            let made = try await bench.storage.trash.discard(
                [tasks[0], tasks[1], tasks[3]],
                of: project,
                into: nil,
                by: bench.ann
            )
            _ = try await bench.storage.trash.restore(#require(made.entry), by: bench.ann)
            let told = try await bench.drain(webhook, of: project)
            #expect(told.map(\.action) == [.tasksCreated, .tasksCreated])
            let named = told.map { event in
                tasks.filter { event.payload.text.contains("\"id\":\($0),") }
            }
            #expect(named == [[tasks[0], tasks[1]], [tasks[3]]])
        },
        StoragePromise("the queue passes the trash by, and hands out what is back") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(2, in: project)
            let queue = bench.storage.queue
            #expect(try await queue.next(for: bench.ann, in: project)?.task.id == tasks[0])
            let made = try await bench.storage.trash.discard(
                [tasks[0]],
                of: project,
                into: nil,
                by: bench.ann
            )
            #expect(try await queue.next(for: bench.bob, in: project)?.task.id == tasks[1])
            try await bench.annotate(tasks[1], by: bench.bob)
            #expect(try await queue.next(for: bench.bob, in: project) == nil)
            _ = try await bench.storage.trash.restore(#require(made.entry), by: bench.bob)
            // Whoever had it in hand has it again; once it is given back it is anybody's.
            #expect(try await queue.next(for: bench.bob, in: project) == nil)
            #expect(try await queue.next(for: bench.ann, in: project)?.task.id == tasks[0])
            try await queue.release(tasks[0], for: bench.ann)
            #expect(try await queue.next(for: bench.bob, in: project)?.task.id == tasks[0])
        },
        StoragePromise("a deleted annotation comes back with its id and its history") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let kept = try await bench.annotate(task, by: bench.ann) { $0.groundTruth = true }
            try await bench.storage.annotations.delete(kept.id, by: bench.bob)
            let other = try await bench.annotate(task, by: bench.cid) { $0.groundTruth = true }
            let trash = bench.storage.trash
            let entry = try #require(
                try await trash.entries(of: project, before: nil, limit: 9).first
            )
            #expect(entry.kind == .annotations && entry.count == 1 && entry.innerID == 1)
            #expect(entry.firstItem == kept.id.rawValue && entry.by == bench.bob)
            #expect(try await trash.restore(entry.id, by: bench.cid) == 1)
            let back = try #require(try await bench.storage.annotations.annotation(kept.id))
            #expect(back.uniqueID == kept.uniqueID && back.result == kept.result)
            // A task has one ground truth at most, and there is another one by now.
            #expect(!back.groundTruth && back.revision == kept.revision + 1)
            #expect(try await bench.counters(of: project).annotations == 2)
            #expect(try await bench.task(task).totalAnnotations == 2)
            _ = try await bench.storage.annotations.update(
                kept.id,
                AnnotationChanges(),
                by: bench.ann,
                expected: nil
            )
            let history = try await bench.storage.annotations.history(of: kept.id)
            #expect(history.map(\.action) == [.created, .deleted, .restored, .updated])
            #expect(history.map(\.by) == [bench.ann, bench.bob, bench.cid, bench.ann])
            #expect(try await bench.storage.annotations.annotation(other.id)?.groundTruth == true)
        },
        StoragePromise("an annotation waits for its task, and goes for good with it") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(1, in: project)
            let kept = try await bench.annotate(tasks[0], by: bench.ann)
            let trash = bench.storage.trash
            #expect(
                try await bench.storage.annotations.deleteAll(of: tasks, of: nil, by: bench.ann)
                    == 1
            )
            #expect(try await trash.discardAll(of: project, by: bench.ann) == 1)
            let entries = try await trash.entries(of: project, before: nil, limit: 9)
            #expect(entries.map(\.kind) == [.tasks, .annotations])
            await expect(.invalid) { _ = try await trash.restore(entries[1].id, by: bench.ann) }
            try await trash.purge(entries[0].id)
            #expect(try await trash.entries(of: project, before: nil, limit: 9).isEmpty)
            #expect(try await bench.storage.annotations.history(of: kept.id).isEmpty)
            await expect(.notFound) { try await trash.purge(entries[0].id) }
        },
        StoragePromise("a project in the trash is nowhere, and back it is whole") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(3, in: project)
            let annotation = try await bench.annotate(tasks[0], by: bench.ann)
            let trash = bench.storage.trash
            _ = try await trash.discard([tasks[2]], of: project, into: nil, by: bench.ann)
            let counters = try await bench.counters(of: project)
            try await trash.discard(project, by: bench.bob)
            let storage = bench.storage
            #expect(try await storage.projects.project(project) == nil)
            #expect(try await storage.tasks.task(tasks[0]) == nil)
            #expect(try await storage.annotations.annotation(annotation.id) == nil)
            #expect(try await storage.queue.next(for: bench.bob, in: project) == nil)
            await expect(.notFound) { try await trash.discard(project, by: bench.bob) }
            let entry = try #require(try await trash.projects().first)
            #expect(entry.kind == .project && entry.projectTitle == "A project")
            #expect(entry.project == project && entry.by == bench.bob)
            #expect(try await trash.creator(of: project) == bench.ann)

            #expect(try await trash.restore(entry.id, by: bench.ann) == 1)
            #expect(try await bench.counters(of: project) == counters)
            #expect(try await storage.annotations.annotation(annotation.id) == annotation)
            #expect(try await storage.queue.next(for: bench.bob, in: project)?.task.id == tasks[1])
            #expect(try await trash.entries(of: project, before: nil, limit: 9).count == 1)
            #expect(try await trash.projects().isEmpty)

            try await trash.discard(project, by: bench.bob)
            let moment = bench.clock.now().adding(seconds: 1)
            let old = try await trash.entries(before: moment, limit: 9)
            #expect(old.map(\.kind) == [.tasks, .project])
            try await trash.purge(try #require(old.last).id)
            #expect(try await trash.entries(before: moment, limit: 9).isEmpty)
            #expect(try await trash.creator(of: project) == nil)
        },
        StoragePromise("what lies in the trash stays there over a start") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(2, in: project)
            let made = try await bench.storage.trash.discard(
                tasks,
                of: project,
                into: nil,
                by: bench.ann
            )
            let next = try await bench.place.open(clock: bench.clock)
            #expect(try await next.trash.restore(#require(made.entry), by: bench.ann) == 2)
            let page = try await next.tasks.page(of: project, number: 1, size: 9)
            #expect(page.map(\.id) == tasks)
            await next.close()
        },
    ]
}
