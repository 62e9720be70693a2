import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let queueOrderPromises: [StoragePromise] = [
        StoragePromise("sequential sampling goes by id") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(1_500, in: project)
            #expect(try await bench.order(of: 600, in: project) == Array(tasks[..<600]))
        },
        StoragePromise("uniform sampling brings every task once, in no order") { bench in
            let project = try await bench.project { $0.sampling = .uniform }
            let tasks = try await bench.tasks(300, in: project)
            let order = try await bench.order(of: 300, in: project)
            #expect(Set(order) == Set(tasks))
            #expect(order != tasks)
            #expect(try await bench.next(bench.ann, in: project) == nil)
            let late = try await bench.tasks(2, in: project)
            #expect(Set(try await bench.order(of: 2, in: project)) == Set(late))
        },
        StoragePromise("uncertainty sampling brings the least sure predictions first") { bench in
            let project = try await bench.project {
                $0.sampling = .uncertainty
                $0.modelVersion = "m"
            }
            let tasks = try await bench.tasks(5, in: project)
            _ = try await bench.storage.predictions.insert([
                (tasks[1], NewPrediction(result: "[]", modelVersion: "m", score: 0.9)),
                (tasks[3], NewPrediction(result: "[]", modelVersion: "m", score: 0.1)),
                (tasks[4], NewPrediction(result: "[]", modelVersion: "m", score: 0.5)),
                (tasks[1], NewPrediction(result: "[]", modelVersion: "other", score: 0.0)),
                (tasks[4], NewPrediction(result: "[]", modelVersion: "m", score: 0.6)),
            ])
            #expect(
                try await bench.order(of: 5, in: project)
                    == [tasks[3], tasks[4], tasks[1], tasks[0], tasks[2]]
            )
        },
        StoragePromise("a changed order is noticed") { bench in
            let project = try await bench.project()
            let tasks = try await bench.tasks(3, in: project)
            #expect(try await bench.next(bench.bob, in: project)?.task.id == tasks[0])
            _ = try await bench.storage.predictions.insert([
                (tasks[2], NewPrediction(result: "[]", score: 0.1))
            ])
            _ = try await bench.storage.projects.update(project, enabling: [], by: bench.ann) {
                $0.sampling = .uncertainty
            }
            #expect(try await bench.order(of: 2, in: project) == [tasks[2], tasks[1]])
        },
    ]
}

extension StorageBench {
    /// The tasks that Ann gets when she annotates each.
    fileprivate func order(of count: Int, in project: ProjectID) async throws -> [TaskID] {
        var order: [TaskID] = []
        for _ in 0..<count {
            let task = try #require(try await next(ann, in: project)).task.id
            order.append(task)
            try await annotate(task, by: ann)
        }
        return order
    }
}
