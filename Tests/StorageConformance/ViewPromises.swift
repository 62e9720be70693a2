import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let viewPromises: [StoragePromise] = [
        StoragePromise("views are kept in the order that people give them") { bench in
            let project = try await bench.project()
            let views = bench.storage.views
            let first = try await views.insert(#"{"title":"a"}"#, into: project, by: bench.ann)
            let second = try await views.insert(#"{"title":"b"}"#, into: project, by: bench.bob)
            let third = try await views.insert("{}", into: project, by: bench.ann)
            #expect(first.position == 0 && second.position == 1 && second.user == bench.bob)
            #expect(try await views.views(of: project) == [first, second, third])
            try await views.order([third.id, ViewID(99), first.id], in: project)
            #expect(
                try await views.views(of: project).map(\.id) == [third.id, first.id, second.id]
            )
            let changed = try await views.update(first.id, data: #"{"title":"c"}"#)
            #expect(changed.data == #"{"title":"c"}"# && changed.project == project)
            #expect(try await views.view(first.id) == changed)
            try await views.delete(first.id)
            #expect(try await views.view(first.id) == nil)
            await expect(.notFound) { try await views.delete(first.id) }
            await expect(.notFound) { _ = try await views.update(first.id, data: "{}") }
        },
        StoragePromise("views go with their project, and all at once") { bench in
            let views = bench.storage.views
            let project = try await bench.project()
            let other = try await bench.project()
            _ = try await views.insert("{}", into: project, by: bench.ann)
            let kept = try await views.insert("{}", into: other, by: bench.ann)
            try await views.deleteAll(of: project)
            #expect(try await views.views(of: nil) == [kept])
            try await bench.storage.projects.delete(other)
            #expect(try await views.views(of: nil).isEmpty)
            await expect(.notFound) {
                _ = try await views.insert("{}", into: other, by: bench.ann)
            }
        },
    ]

    static let manyPromises: [StoragePromise] = [
        StoragePromise("annotations of many tasks are stored and counted at once") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(3, in: project)
            let annotations = bench.storage.annotations
            let stored = try await annotations.insert(
                [(tasks[0], StorageBench.answer()), (tasks[2], StorageBench.answer())],
                by: bench.ann
            )
            #expect(stored.map(\.task) == [tasks[0], tasks[2]])
            #expect(try await bench.task(tasks[2]).isLabeled)
            #expect(try await bench.counters(of: project).annotations == 2)
            await expect(.notFound) {
                _ = try await annotations.insert(
                    [(tasks[1], StorageBench.answer()), (TaskID(999), StorageBench.answer())],
                    by: bench.ann
                )
            }
            #expect(try await bench.counters(of: project).annotations == 2)
        },
        StoragePromise("annotations of many tasks are deleted, or only one annotator's") { bench in
            let project = try await bench.project(overlap: 2)
            let tasks = try await bench.tasks(2, in: project)
            let kept = try await bench.annotate(tasks[0], by: bench.ann)
            let gone = try await bench.annotate(tasks[0], by: bench.bob)
            try await bench.skip(tasks[1], by: bench.bob)
            let annotations = bench.storage.annotations
            #expect(try await annotations.deleteAll(of: tasks, of: bench.bob, by: bench.cid) == 2)
            #expect(try await annotations.annotations(of: tasks[0]) == [kept])
            let counters = try await bench.counters(of: project)
            #expect(counters.annotations == 1 && counters.skippedAnnotations == 0)
            let last = try #require(try await annotations.history(of: gone.id).last)
            #expect(last.action == .deleted && last.by == bench.cid)
            #expect(try await annotations.deleteAll(of: tasks, of: nil, by: bench.cid) == 1)
            #expect(
                try await bench.counters(of: project)
                    == {
                        var empty = ProjectCounters()
                        empty.tasks = 2
                        return empty
                    }()
            )
        },
        StoragePromise("what was said of a task moves to another") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(2, in: project)
            let annotation = try await bench.annotate(tasks[0], by: bench.ann)
            _ = try await bench.storage.predictions.insert([
                (tasks[0], NewPrediction(result: "[]"))
            ])
            let before = try await bench.counters(of: project)
            try await bench.storage.annotations.move(from: tasks[0], to: tasks[1], by: bench.bob)
            #expect(try await bench.task(tasks[0]).totalAnnotations == 0)
            #expect(try await bench.task(tasks[0]).isLabeled == false)
            let target = try await bench.task(tasks[1])
            #expect(target.totalAnnotations == 1 && target.totalPredictions == 1)
            let moved = try #require(try await bench.storage.annotations.annotation(annotation.id))
            #expect(moved.task == tasks[1] && moved.uniqueID == annotation.uniqueID)
            #expect(try await bench.counters(of: project) == before)
            let stranger = try await bench.tasks(1, in: bench.project())[0]
            await expect(.notFound) {
                try await bench.storage.annotations.move(
                    from: tasks[1],
                    to: stranger,
                    by: bench.bob
                )
            }
        },
        StoragePromise("predictions are deleted by task and by model version") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(2, in: project)
            let predictions = bench.storage.predictions
            let stored = try await predictions.insert([
                (tasks[0], NewPrediction(result: "[]", modelVersion: "a")),
                (tasks[0], NewPrediction(result: "[]", modelVersion: "b")),
                (tasks[1], NewPrediction(result: "[]", modelVersion: "b")),
            ])
            #expect(
                try await predictions.predictions(of: tasks)
                    == [tasks[0]: Array(stored[..<2]), tasks[1]: [stored[2]]]
            )
            let versions = try await predictions.modelVersions(of: project)
            #expect(Set(versions.map(\.version)) == ["a", "b"])
            #expect(versions.first { $0.version == "b" }?.predictions == 2)
            #expect(try await predictions.deleteSome(of: "b", in: project, limit: 1) == 1)
            #expect(try await predictions.deleteSome(of: "b", in: project, limit: 5) == 1)
            #expect(try await predictions.deleteAll(of: tasks) == 1)
            #expect(try await bench.counters(of: project).predictions == 0)
            #expect(try await bench.task(tasks[0]).totalPredictions == 0)
        },
    ]
}
