import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let counterPromises: [StoragePromise] = [
        StoragePromise("counters follow every change of an annotation") { bench in
            let project = try await bench.project(overlap: 2)
            let task = try await bench.tasks(2, in: project)[0]
            var expected = ProjectCounters()
            expected.tasks = 2
            #expect(try await bench.counters(of: project) == expected)

            let first = try await bench.annotate(task, by: bench.ann)
            expected.annotations = 1
            expected.usefulAnnotations = 1
            expected.tasksWithAnnotations = 1
            #expect(try await bench.counters(of: project) == expected)
            #expect(try await bench.task(task).isLabeled == false)

            let second = try await bench.annotate(task, by: bench.bob) { $0.groundTruth = true }
            expected.annotations = 2
            expected.groundTruths = 1
            expected.finishedTasks = 1
            #expect(try await bench.counters(of: project) == expected)
            #expect(try await bench.task(task).isLabeled)

            let third = try await bench.skip(task, by: bench.cid)
            expected.skippedAnnotations = 1
            #expect(try await bench.counters(of: project) == expected)

            var changes = AnnotationChanges()
            changes.wasCancelled = true
            _ = try await bench.storage.annotations.update(
                first.id,
                changes,
                by: bench.ann,
                expected: nil
            )
            expected.annotations = 1
            expected.usefulAnnotations = 0
            expected.tasksWithAnnotations = 0
            expected.skippedAnnotations = 2
            expected.finishedTasks = 0
            #expect(try await bench.counters(of: project) == expected)

            changes = AnnotationChanges()
            changes.groundTruth = false
            _ = try await bench.storage.annotations.update(
                second.id,
                changes,
                by: bench.bob,
                expected: nil
            )
            expected.groundTruths = 0
            expected.usefulAnnotations = 1
            expected.tasksWithAnnotations = 1
            #expect(try await bench.counters(of: project) == expected)

            for annotation in [first, second, third] {
                try await bench.storage.annotations.delete(annotation.id, by: bench.ann)
            }
            expected = ProjectCounters()
            expected.tasks = 2
            #expect(try await bench.counters(of: project) == expected)
            let left = try await bench.task(task)
            #expect(left.totalAnnotations == 0 && left.cancelledAnnotations == 0)
            #expect(!left.isLabeled)
        },
        StoragePromise("a person who answers twice fills one slot") { bench in
            let project = try await bench.project(overlap: 2)
            let task = try await bench.tasks(1, in: project)[0]
            try await bench.annotate(task, by: bench.ann)
            try await bench.annotate(task, by: bench.ann)
            #expect(try await bench.task(task).isLabeled == false)
            #expect(try await bench.task(task).totalAnnotations == 2)
            try await bench.annotate(task, by: bench.bob)
            #expect(try await bench.task(task).isLabeled)
        },
        StoragePromise("a skip fills a slot only where skipped tasks are done with") { bench in
            for rule in ProjectSettings.SkipQueue.allCases {
                let project = try await bench.project { $0.skipQueue = rule }
                let task = try await bench.tasks(1, in: project)[0]
                try await bench.skip(task, by: bench.ann)
                #expect(try await bench.task(task).isLabeled == (rule == .ignoreSkipped))
            }
        },
        StoragePromise("every change of what is said of a task counts its revision up") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            var revision = try await bench.task(task).revision
            let annotation = try await bench.annotate(task, by: bench.bob)
            #expect(try await bench.task(task).revision > revision)
            #expect(try await bench.task(task).updatedBy == bench.bob)
            revision = try await bench.task(task).revision
            try await bench.storage.annotations.delete(annotation.id, by: bench.ann)
            #expect(try await bench.task(task).revision > revision)
        },
        StoragePromise("counters hold with many people at work") { bench in
            let project = try await bench.project(overlap: 2)
            let tasks = try await bench.tasks(20, in: project)
            let users = try await bench.users(16)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (number, user) in users.enumerated() {
                    group.addTask {
                        for task in tasks {
                            let annotation = try await bench.annotate(task, by: user) {
                                $0.wasCancelled = number % 4 == 3
                            }
                            if number % 4 == 2 {
                                try await bench.storage.annotations.delete(
                                    annotation.id,
                                    by: user
                                )
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            let counters = try await bench.counters(of: project)
            #expect(counters.tasks == 20 && counters.finishedTasks == 20)
            #expect(counters.annotations == 160 && counters.usefulAnnotations == 160)
            #expect(counters.skippedAnnotations == 80 && counters.tasksWithAnnotations == 20)
            let page = try await bench.storage.tasks.page(of: project, number: 1, size: 100)
            #expect(page.allSatisfy { $0.totalAnnotations == 8 && $0.cancelledAnnotations == 4 })
        },
    ]
}
