import Contracts
import LabelModel
import Synchronization
import ValueTree

/// One synchronization, from its start to its end.
///
/// What it has done it remembers object by object, so that one that was broken off goes on where
/// it was, and a second one only looks at what is new.
struct StorageSyncWork: Sendable {
    private let storages: LinkedStorages
    private let job: Job

    private var storage: any Storage { storages.environment.storage }

    init(_ storages: LinkedStorages, _ job: Job) {
        self.storages = storages
        self.job = job
    }

    /// Runs the job unless somebody else does; how it went stands with the storage.
    func run() async {
        guard (try? await storage.jobs.start(job.id)) == true,
            let number = try? JSONText(parsing: job.parameters.bytes)["storage"]?.int64,
            let linked = try? await storage.linkedStorages.storage(LinkedStorageID(number))
        else { return }
        do throws(ServiceError) {
            let progress = SyncProgress(linked, job: job.id, storages.environment)
            try await progress.begin()
            if linked.settings.direction == .imports {
                try await StorageImport(storages, linked, user: job.user, progress).run()
            } else {
                try await StorageExport(storages, linked, progress).run()
            }
            try await progress.end()
        } catch {
            await SyncProgress.fail(linked.id, job: job.id, error, storages.environment)
        }
    }
}

/// Tells the store how far a synchronization is.
final class SyncProgress: Sendable {
    /// How often the store hears of it.
    private static let pulse = Duration.milliseconds(500)
    /// Faults that are told.
    private static let maxFaults = 20

    private let id: LinkedStorageID
    private let job: JobID
    private let environment: ServiceEnvironment
    private let state: Mutex<State>

    private struct State {
        var sync: LinkedStorageSync
        var faults: [String] = []
        var nextPulse = ContinuousClock.now
    }

    init(_ linked: LinkedStorage, job: JobID, _ environment: ServiceEnvironment) {
        id = linked.id
        self.job = job
        self.environment = environment
        state = Mutex(State(sync: linked.sync))
    }

    func begin() async throws(ServiceError) {
        let now = environment.clock.now()
        try await write { sync in
            sync.status = .inProgress
            sync.error = nil
            sync.count = 0
            sync.known = 0
            sync.begunAt = now
        }
    }

    /// Counts what was done and what was known before.
    ///
    /// - Throws: ``ServiceError`` `not_found` when the storage or the job was deleted meanwhile.
    func advance(done: Int64 = 0, known: Int64 = 0) async throws(ServiceError) {
        let count: Int64? = state.withLock { state in
            let count = (state.sync.count ?? 0) + done
            state.sync.count = count
            state.sync.known += known
            guard ContinuousClock.now >= state.nextPulse else { return nil }
            state.nextPulse = ContinuousClock.now + Self.pulse
            return count
        }
        guard let count else { return }
        let goesOn = try await stored(
            await environment.storage.jobs.setProgress(of: job, to: count)
        )
        guard goesOn else { throw .notFound("Job \(job)") }
        try await write { _ in }
    }

    /// Notes an object that could not be taken; the others can.
    func note(fault: String) {
        state.withLock { state in
            if state.faults.count < Self.maxFaults { state.faults.append(fault) }
        }
    }

    func end() async throws(ServiceError) {
        let faults = state.withLock(\.faults)
        let now = environment.clock.now()
        try await write { sync in
            sync.status = faults.isEmpty ? .completed : .completedWithErrors
            sync.error = faults.isEmpty ? nil : faults.joined(separator: "\n")
            sync.finishedAt = now
        }
        try await stored(await environment.storage.jobs.complete(job, result: .emptyObject))
    }

    static func fail(
        _ id: LinkedStorageID,
        job: JobID,
        _ error: ServiceError,
        _ environment: ServiceEnvironment
    ) async {
        let store = environment.storage.linkedStorages
        // A storage that is gone needs no reason.
        if var sync = try? await store.storage(id)?.sync {
            sync.status = .failed
            sync.error = error.message
            _ = try? await store.setSync(of: id, sync)
        }
        try? await environment.storage.jobs.fail(job, reason: error.message)
    }

    private func write(
        _ change: (inout LinkedStorageSync) -> Void
    ) async throws(ServiceError) {
        let sync = state.withLock { state in
            change(&state.sync)
            return state.sync
        }
        _ = try await stored(await environment.storage.linkedStorages.setSync(of: id, sync))
    }
}
