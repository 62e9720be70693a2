import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let importPromises: [StoragePromise] = [
        StoragePromise("an open import is invisible to everyone") { bench in
            let project = try await bench.project()
            let seen = try await bench.tasks(2, in: project)
            let tasks = bench.storage.tasks
            let open = try await tasks.beginImport(into: project, by: bench.ann)
            let hidden = try await tasks.append(
                (0..<3).map { _ in
                    NewTask(
                        data: "{}",
                        annotations: [StorageBench.answer()],
                        predictions: [NewPrediction(result: "[]")]
                    )
                } + StorageBench.newTasks(600),
                to: open,
                file: nil
            )
            let later = try await bench.tasks(2, in: project)
            let visible = seen + later
            #expect(try await tasks.task(hidden[0]) == nil)
            #expect(
                try await tasks.page(of: project, number: 1, size: 900).map(\.id) == visible
            )
            #expect(
                try await tasks.newestFirst(of: project, number: 1, size: 900).map(\.id)
                    == visible.reversed()
            )
            #expect(try await tasks.page(of: project, number: 2, size: 3).map(\.id) == [visible[3]])
            #expect(try await bench.counters(of: project).tasks == 4)
            #expect(try await bench.storage.annotations.annotations(of: hidden[0]).isEmpty)
            #expect(try await bench.storage.predictions.predictions(of: hidden[0]).isEmpty)
            #expect(
                try await bench.storage.predictions.predictions(
                    in: project,
                    after: nil,
                    limit: 10
                ).isEmpty
            )
            let cursor = try await tasks.records(
                TaskSelection(project: project, onlyAnnotated: false)
            )
            #expect(try await cursor.next(1_000).map(\.task.id) == visible)
            await expect(.notFound) { try await bench.annotate(hidden[5], by: bench.ann) }
            await expect(.notFound) { try await tasks.delete(hidden[5]) }
            await expect(.notFound) {
                _ = try await tasks.update(hidden[5], TaskChanges(), by: bench.ann)
            }
            for task in visible {
                #expect(
                    try await bench.storage.queue.next(for: bench.ann, in: project)?.task.id == task
                )
                try await bench.annotate(task, by: bench.ann)
            }
            #expect(try await bench.storage.queue.next(for: bench.ann, in: project) == nil)
        },
        StoragePromise("a committed import is visible at once, in pages, counters and queue") {
            bench in
            let project = try await bench.project()
            let tasks = bench.storage.tasks
            let open = try await tasks.beginImport(into: project, by: bench.ann)
            var ids = try await tasks.append(StorageBench.newTasks(3), to: open, file: nil)
            let last = try await bench.tasks(1, in: project)
            // The queue passes the hidden tasks before they are committed.
            #expect(
                try await bench.storage.queue.next(for: bench.bob, in: project)?.task.id == last[0]
            )
            ids += try await tasks.append(
                [
                    NewTask(
                        data: "{}",
                        annotations: [
                            StorageBench.answer(),
                            StorageBench.answer {
                                $0.wasCancelled = true
                                $0.completedBy = bench.bob
                            },
                        ],
                        predictions: [NewPrediction(result: "[]")]
                    )
                ],
                to: open,
                file: nil
            )
            let counts = try await tasks.commitImport(open)
            #expect(counts.tasks == 4 && counts.annotations == 2 && counts.predictions == 1)
            let order = Array(ids[..<3]) + last + ids[3...]
            #expect(try await tasks.page(of: project, number: 1, size: 9).map(\.id) == order)
            #expect(try await tasks.page(of: project, number: 2, size: 4).map(\.id) == [ids[3]])
            let counters = try await bench.counters(of: project)
            #expect(counters.tasks == 5 && counters.finishedTasks == 1)
            #expect(counters.annotations == 1 && counters.skippedAnnotations == 1)
            #expect(counters.predictions == 1 && counters.tasksWithAnnotations == 1)
            try await bench.annotate(last[0], by: bench.bob)
            for task in ids[..<3] {
                #expect(
                    try await bench.storage.queue.next(for: bench.bob, in: project)?.task.id == task
                )
                try await bench.annotate(task, by: bench.bob)
            }
            #expect(try await bench.storage.queue.next(for: bench.bob, in: project) == nil)
            await expect(.notFound) { _ = try await tasks.commitImport(open) }
            await expect(.notFound) { _ = try await tasks.append([], to: open, file: nil) }
            await expect(.notFound) { try await tasks.rollBackImport(open) }
        },
        StoragePromise("a rolled back import leaves nothing behind") { bench in
            let project = try await bench.project()
            let tasks = bench.storage.tasks
            let open = try await tasks.beginImport(into: project, by: bench.ann)
            for _ in 0..<3 {
                _ = try await tasks.append(StorageBench.newTasks(1_500), to: open, file: nil)
                _ = try await bench.tasks(1, in: project)
            }
            try await tasks.rollBackImport(open)
            #expect(try await tasks.page(of: project, number: 1, size: 9).count == 3)
            #expect(try await tasks.page(of: project, number: 2, size: 2).count == 1)
            #expect(try await bench.counters(of: project).tasks == 3)
            await expect(.notFound) { _ = try await tasks.append([], to: open, file: nil) }
            await expect(.notFound) {
                _ = try await tasks.beginImport(into: ProjectID(999), by: bench.ann)
            }
        },
        StoragePromise("an import that was cut off is undone at the next start") { bench in
            let project = try await bench.project()
            let kept = try await bench.tasks(1, in: project)
            let first = try await bench.place.open(clock: bench.clock)
            let cutOff = try await first.tasks.beginImport(into: project, by: bench.ann)
            _ = try await first.tasks.append(StorageBench.newTasks(10), to: cutOff, file: nil)
            let goingOn = try await bench.storage.tasks.beginImport(into: project, by: bench.ann)
            let coming = try await bench.storage.tasks.append(
                StorageBench.newTasks(2),
                to: goingOn,
                file: nil
            )
            await first.close()
            let second = try await bench.place.open(clock: bench.clock)
            await expect(.notFound) { _ = try await second.tasks.commitImport(cutOff) }
            // One that another open storage works at goes on.
            _ = try await bench.storage.tasks.commitImport(goingOn)
            #expect(
                try await second.tasks.page(of: project, number: 1, size: 50).map(\.id)
                    == kept + coming
            )
            await second.close()
        },
    ]
}
