import Contracts
import Crypto
import LabelModel
import ValueTree

/// One job that makes a file of a snapshot, from its start to its end.
struct SnapshotWork: Sendable {
    /// How often the store hears of progress, and the job of its deletion.
    private static let pulse = Duration.milliseconds(500)

    private let snapshots: Snapshots
    private let job: Job

    private var storage: any Storage { snapshots.storage }
    private var area: UploadArea { snapshots.environment.exportArea }

    init(_ snapshots: Snapshots, _ job: Job) {
        self.snapshots = snapshots
        self.job = job
    }

    /// Runs the job unless somebody else does; how it went stands in the store.
    func run() async {
        guard (try? await storage.jobs.start(job.id)) == true else { return }
        do throws(ServiceError) {
            let outcome = try await work()
            do {
                try await storage.jobs.complete(job.id, result: outcome.json)
            } catch {
                // Deleted meanwhile: nobody knows of the file.
                area.remove(outcome.path)
            }
        } catch {
            // A job that is gone needs no reason.
            try? await storage.jobs.fail(job.id, reason: error.message)
        }
    }

    private func work() async throws(ServiceError) -> SnapshotOutcome {
        guard let parent = job.parent else {
            let body = try JSONText.parse(job.parameters.bytes)
            let options = try SnapshotOptions(body)
            var query = TaskQuery()
            if let view = options.view {
                query = try DataManager.query(of: await snapshots.dataManager.view(view))
            }
            query.filter = .all(options.filters + [query.filter].compactMap { $0 })
            let cursor = SnapshotCursor(
                storage.tasks,
                project: job.project,
                query: query,
                options: options
            )
            let result = try await snapshots.exports.export(cursor, of: job.project, to: "JSON")
            return try await write(result) { cursor.count }
        }
        guard let snapshot = try await stored(await storage.jobs.job(parent)),
            let outcome = SnapshotOutcome(snapshot)
        else { throw .notFound("Snapshot \(parent)") }
        let source = try SnapshotSource(path: area.absolutePath(outcome.path))
        let result = try await snapshots.exports.export(source, of: job.project, to: job.title)
        return try await write(result) { source.count }
    }

    /// Writes what the exporter makes into a file, which gets its name when it is whole.
    private func write(
        _ result: ExportResult,
        tasks: @Sendable () -> Int64
    ) async throws(ServiceError) -> SnapshotOutcome {
        let path = "\(job.project)/\(job.id)-\(result.fileName)"
        let absolute = area.absolutePath(path)
        let partial = "\(area.absolutePath("\(job.project)"))/\(job.id).partial"
        try FilePath.makeFolder(area.absolutePath("\(job.project)"))
        // A process that was killed may have left a part.
        FilePath.remove(partial)
        var digest = Insecure.MD5()
        var byteCount: Int64 = 0
        do {
            let file = try FileDescriptor.creating(partial)
            var nextPulse = ContinuousClock.now + Self.pulse
            for try await chunk in result.chunks {
                try file.write(chunk)
                digest.update(data: chunk)
                byteCount += Int64(chunk.count)
                guard ContinuousClock.now >= nextPulse else { continue }
                nextPulse = ContinuousClock.now + Self.pulse
                guard try await storage.jobs.setProgress(of: job.id, to: tasks()) else {
                    throw ServiceError.notFound("Job \(job.id)")
                }
            }
            try file.synchronize()
            try FilePath.rename(partial, to: absolute)
        } catch {
            FilePath.remove(partial)
            switch error {
            case let error as ServiceError: throw error
            case let error as StorageError: throw ServiceError(error)
            default:
                var failure = ServiceError(.failed, "export_failed", "The export failed.")
                failure.cause = String(describing: error)
                throw failure
            }
        }
        return SnapshotOutcome(
            path: path,
            name: result.fileName,
            mediaType: result.mediaType,
            byteCount: byteCount,
            md5: digest.finalize().map { byte in
                (byte < 16 ? "0" : "") + String(byte, radix: 16)
            }.joined(),
            tasks: tasks()
        )
    }
}
