import Contracts
import LabelModel
import Synchronization

/// Loads candidates into the queues, one batch of a project at a time however many wait for it.
final class QueueLoader: Sendable {
    private typealias Load = Task<Result<Int, StorageError>, Never>

    private let running = Mutex<[ProjectID: Load]>([:])

    /// Loads a batch, or waits for the one that is under way.
    ///
    /// - Returns: How many candidates were new.
    func load(_ project: ProjectID, from engine: Engine) async throws(StorageError) -> Int {
        try await start(project, from: engine).value.get()
    }

    /// Loads a batch in the background.
    ///
    /// Who needs the batch sees the error, if there is one.
    func prefetch(_ project: ProjectID, from engine: Engine) {
        _ = start(project, from: engine)
    }

    private func start(_ project: ProjectID, from engine: Engine) -> Load {
        running.withLock { running in
            if let load = running[project] { return load }
            let load = Load {
                let result: Result<Int, StorageError>
                do throws(StorageError) {
                    result = .success(try await Self.loadBatch(of: project, from: engine))
                } catch {
                    result = .failure(error)
                }
                self.running.withLock { $0[project] = nil }
                return result
            }
            running[project] = load
            return load
        }
    }

    private static func loadBatch(
        of project: ProjectID,
        from engine: Engine
    ) async throws(StorageError) -> Int {
        let shortage = engine.queue.shortage(of: project)
        let batch = try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) -> Batch? in
                try Batch(of: project, after: shortage, on: connection)
            }
        }
        guard let batch else {
            engine.queue.apply([.closed(project)])
            throw .noProject(project)
        }
        // Whatever changed the rules meanwhile makes whoever waits look again.
        return engine.queue.add(
            batch.candidates,
            from: batch.supply,
            batch.rules,
            to: project,
            after: shortage
        ) ?? 1
    }

    private struct Batch: Sendable {
        let candidates: [QueueCandidate]
        let supply: QueueSupply
        let rules: QueueRules

        /// Reads a batch, or returns nil when the project is not there.
        init?(
            of project: ProjectID,
            after shortage: LeaseQueue.Shortage,
            on connection: Connection
        ) throws(StorageError) {
            guard let rules = try QueueRules(of: project, on: connection) else { return nil }
            var supply: QueueSupply
            if let known = shortage.supply, shortage.rules == rules {
                supply = known
            } else {
                // The rules are new, or another process changed them.
                supply = try QueueSupply(of: project, rules, on: connection)
            }
            candidates = try supply.next(of: project, rules, on: connection)
            self.supply = supply
            self.rules = rules
        }
    }
}
