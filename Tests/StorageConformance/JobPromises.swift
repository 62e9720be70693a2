import Contracts
import LabelModel
import Testing

extension StorageConformance {
    static let jobPromises: [StoragePromise] = [
        StoragePromise("a job goes from created over running to its end") { bench in
            let project = try await bench.project()
            let jobs = bench.storage.jobs
            let job = try await jobs.insert(
                "k",
                in: project,
                parent: nil,
                by: bench.ann,
                title: "t",
                parameters: #"{"a":1}"#
            )
            #expect(job.state == .created && job.progress == 0 && job.user == bench.ann)
            #expect(try await jobs.job(job.id) == job)
            #expect(try await jobs.waiting() == [job])
            // Nothing is done before the start.
            #expect(try await jobs.setProgress(of: job.id, to: 1) == false)
            #expect(try await jobs.start(job.id))
            #expect(try await jobs.start(job.id) == false)
            #expect(try await jobs.waiting().isEmpty)
            #expect(try await jobs.setProgress(of: job.id, to: 5))
            let running = try #require(try await jobs.job(job.id))
            #expect(running.progress == 5)
            guard case .running = running.state else { return #expect(Bool(false)) }
            try await jobs.complete(job.id, result: #"{"b":2}"#)
            let done = try #require(try await jobs.job(job.id))
            guard case .completed(_, let result) = done.state else { return #expect(Bool(false)) }
            #expect(result == #"{"b":2}"#)
            #expect(try await jobs.start(job.id) == false)
            #expect(try await jobs.setProgress(of: job.id, to: 6) == false)
        },
        StoragePromise("jobs are listed by kind and parent, and go with both") { bench in
            let project = try await bench.project()
            let jobs = bench.storage.jobs
            func make(_ kind: String, _ parent: JobID? = nil) async throws -> Job {
                try await jobs.insert(
                    kind,
                    in: project,
                    parent: parent,
                    by: bench.ann,
                    title: "",
                    parameters: "{}"
                )
            }
            let first = try await make("k")
            let second = try await make("k")
            let child = try await make("c", first.id)
            #expect(try await jobs.jobs("k", in: project, limit: 9) == [second, first])
            #expect(try await jobs.jobs("k", in: project, limit: 1) == [second])
            #expect(try await jobs.jobs(of: first.id) == [child])
            #expect(try await jobs.start(first.id))
            try await jobs.fail(second.id, reason: "why")
            try await jobs.delete(first.id)
            #expect(try await jobs.job(child.id) == nil)
            #expect(try await jobs.setProgress(of: first.id, to: 1) == false)
            await expect(.notFound) { try await jobs.complete(first.id, result: "{}") }
            await expect(.notFound) { try await jobs.delete(first.id) }
            try await bench.storage.projects.delete(project)
            #expect(try await jobs.job(second.id) == nil)
            await expect(.notFound) { _ = try await make("k") }
        },
        StoragePromise("what a process left running waits for another") { bench in
            let project = try await bench.project()
            let other = try await bench.place.open(clock: bench.clock)
            let job = try await other.jobs.insert(
                "k",
                in: project,
                parent: nil,
                by: bench.ann,
                title: "",
                parameters: "{}"
            )
            #expect(try await other.jobs.start(job.id))
            #expect(try await bench.storage.jobs.waiting().isEmpty)
            #expect(try await bench.storage.jobs.start(job.id) == false)
            await other.close()
            #expect(try await bench.storage.jobs.waiting().map(\.id) == [job.id])
            #expect(try await bench.storage.jobs.start(job.id))
        },
    ]
}
