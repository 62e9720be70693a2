import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let predictionPromises: [StoragePromise] = [
        StoragePromise("predictions are stored in order, and counted") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(2, in: project)
            let predictions = bench.storage.predictions
            let stored = try await predictions.insert([
                (tasks[1], NewPrediction(result: "[1]", modelVersion: "m", score: 0.5)),
                (tasks[0], NewPrediction(result: "[2]", misfit: "no such label")),
                (tasks[1], NewPrediction(result: "[3]")),
            ])
            #expect(stored.map(\.task) == [tasks[1], tasks[0], tasks[1]])
            #expect(stored.map(\.id) == stored.map(\.id).sorted())
            #expect(stored[0].score == 0.5 && stored[0].modelVersion == "m")
            #expect(stored[1].misfit == "no such label" && stored[1].modelVersion == "undefined")
            #expect(try await predictions.predictions(of: tasks[1]) == [stored[0], stored[2]])
            #expect(try await predictions.prediction(stored[1].id) == stored[1])
            #expect(try await bench.task(tasks[1]).totalPredictions == 2)
            #expect(try await bench.counters(of: project).predictions == 3)
            #expect(
                try await predictions.predictions(in: project, after: nil, limit: 2)
                    == Array(stored[..<2])
            )
            #expect(
                try await predictions.predictions(in: project, after: stored[1].id, limit: 2)
                    == [stored[2]]
            )
        },
        StoragePromise("predictions are stored all or none") { bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            await expect(.notFound) {
                _ = try await bench.storage.predictions.insert([
                    (task, NewPrediction(result: "[]")),
                    (TaskID(999), NewPrediction(result: "[]")),
                ])
            }
            #expect(try await bench.storage.predictions.predictions(of: task).isEmpty)
            #expect(try await bench.counters(of: project).predictions == 0)
        },
        StoragePromise("a replaced prediction keeps its id, a deleted one is counted out") {
            bench in
            let project = try await bench.project()
            let task = try await bench.tasks(1, in: project)[0]
            let predictions = bench.storage.predictions
            let first = try await predictions.insert([(task, NewPrediction(result: "[1]"))])[0]
            let second = try await predictions.update(
                first.id,
                NewPrediction(result: "[2]", modelVersion: "n", score: 1)
            )
            #expect(second.id == first.id && second.result == "[2]" && second.score == 1)
            #expect(try await predictions.prediction(first.id) == second)
            try await predictions.delete(first.id)
            #expect(try await predictions.prediction(first.id) == nil)
            #expect(try await bench.task(task).totalPredictions == 0)
            #expect(try await bench.counters(of: project).predictions == 0)
            await expect(.notFound) { try await predictions.delete(first.id) }
            await expect(.notFound) {
                _ = try await predictions.update(first.id, NewPrediction(result: "[]"))
            }
            let next = try await predictions.insert([(task, NewPrediction(result: "[]"))])[0]
            #expect(next.id > first.id)
        },
    ]
}
