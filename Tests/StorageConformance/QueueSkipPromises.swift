import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let queueSkipPromises: [StoragePromise] = [
        StoragePromise("a task skipped for others goes to others, and not to who skipped it") {
            bench in
            let project = try await bench.project { $0.skipQueue = .requeueForOthers }
            let tasks = try await bench.tasks(1, in: project)
            _ = try await bench.next(bench.ann, in: project)
            try await bench.skip(tasks[0], by: bench.ann)
            #expect(try await bench.next(bench.ann, in: project) == nil)
            #expect(try await bench.next(bench.bob, in: project)?.task.id == tasks[0])
        },
        StoragePromise("a task skipped for later comes back when the others are done") { bench in
            let project = try await bench.project { $0.skipQueue = .requeueForMe }
            let tasks = try await bench.tasks(3, in: project)
            for task in tasks[..<2] {
                #expect(try await bench.next(bench.ann, in: project)?.task.id == task)
                try await bench.skip(task, by: bench.ann)
            }
            #expect(try await bench.next(bench.ann, in: project)?.task.id == tasks[2])
            try await bench.annotate(tasks[2], by: bench.ann)
            #expect(try await bench.next(bench.ann, in: project)?.task.id == tasks[0])
            try await bench.annotate(tasks[0], by: bench.ann)
            #expect(try await bench.next(bench.ann, in: project)?.task.id == tasks[1])
            try await bench.skip(tasks[1], by: bench.ann)
            #expect(try await bench.next(bench.ann, in: project)?.task.id == tasks[1])
            try await bench.annotate(tasks[1], by: bench.ann)
            #expect(try await bench.next(bench.ann, in: project) == nil)
        },
        StoragePromise("a task that someone skipped for later has one slot still") { bench in
            let project = try await bench.project { $0.skipQueue = .requeueForMe }
            let task = try await bench.tasks(1, in: project)[0]
            _ = try await bench.next(bench.ann, in: project)
            try await bench.skip(task, by: bench.ann)
            #expect(try await bench.next(bench.ann, in: project)?.task.id == task)
            #expect(try await bench.next(bench.bob, in: project) == nil)
        },
        StoragePromise("a task skipped for good comes to nobody") { bench in
            let project = try await bench.project { $0.skipQueue = .ignoreSkipped }
            let tasks = try await bench.tasks(2, in: project)
            _ = try await bench.next(bench.ann, in: project)
            try await bench.skip(tasks[0], by: bench.ann)
            #expect(try await bench.next(bench.bob, in: project)?.task.id == tasks[1])
            #expect(try await bench.next(bench.ann, in: project) == nil)
        },
        StoragePromise("with an overlap a skip for good takes one slot of it") { bench in
            let project = try await bench.project(overlap: 2) { $0.skipQueue = .ignoreSkipped }
            let task = try await bench.tasks(1, in: project)[0]
            _ = try await bench.next(bench.ann, in: project)
            try await bench.skip(task, by: bench.ann)
            #expect(try await bench.next(bench.bob, in: project)?.task.id == task)
            #expect(try await bench.next(bench.cid, in: project) == nil)
        },
        StoragePromise("a changed skip rule is noticed") { bench in
            let project = try await bench.project { $0.skipQueue = .requeueForOthers }
            let task = try await bench.tasks(1, in: project)[0]
            _ = try await bench.next(bench.ann, in: project)
            try await bench.skip(task, by: bench.ann)
            #expect(try await bench.next(bench.ann, in: project) == nil)
            _ = try await bench.storage.projects.update(project, enabling: [], by: bench.ann) {
                $0.skipQueue = .requeueForMe
            }
            #expect(try await bench.next(bench.ann, in: project)?.task.id == task)
        },
    ]
}
