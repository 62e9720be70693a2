public import Contracts
public import LabelModel
import ValueTree

/// Snapshots of projects: exports that are kept as files, made by jobs that outlive the request and
/// the process.
public struct Snapshots: Sendable {
    static let kind = "snapshot"
    static let conversionKind = "conversion"
    /// As Label Studio's, which lists no more.
    private static let listLimit = 100

    let environment: ServiceEnvironment
    let exports: Exports
    let dataManager: DataManager

    var storage: any Storage { environment.storage }

    init(_ environment: ServiceEnvironment, exports: Exports, dataManager: DataManager) {
        self.environment = environment
        self.exports = exports
        self.dataManager = dataManager
    }

    // MARK: Snapshots

    /// Begins a snapshot, and waits a little for its end.
    ///
    /// - `body`: JSON object: `title`, `task_filter_options`, `annotation_filter_options`.
    public func create(
        body: [UInt8],
        of project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> Snapshot {
        let text = try JSONText.parseObject(body.isEmpty ? Array("{}".utf8) : body)
        let options = try SnapshotOptions(text)
        if let view = options.view {
            guard try await dataManager.view(view).project == project else {
                throw .notFound("View \(view)")
            }
        }
        let title = try BodyFields(text).string("title")
        let now = String(decoding: environment.clock.now().iso8601.prefix(19), as: UTF8.self)
        let job = try await stored(
            await storage.jobs.insert(
                Self.kind,
                in: project,
                parent: nil,
                by: user.id,
                title: title ?? "\(user.email) \(now)",
                parameters: RawJSON(checked: text.rawBytes)
            )
        )
        try await run(job)
        return try await snapshot(job.id, of: project)
    }

    /// Snapshots of a project, the newest first, at most 100.
    public func list(of project: ProjectID) async throws(ServiceError) -> [Snapshot] {
        guard try await stored(await storage.projects.project(project)) != nil else {
            throw .notFound("Project \(project)")
        }
        let jobs = try await stored(
            await storage.jobs.jobs(Self.kind, in: project, limit: Self.listLimit)
        )
        var snapshots: [Snapshot] = []
        for job in jobs {
            let conversions = try await stored(await storage.jobs.jobs(of: job.id))
            snapshots.append(Snapshot(job: job, conversions: conversions))
        }
        return snapshots
    }

    public func snapshot(
        _ id: JobID,
        of project: ProjectID
    ) async throws(ServiceError) -> Snapshot {
        guard let job = try await stored(await storage.jobs.job(id)), job.kind == Self.kind,
            job.project == project
        else { throw .notFound("Snapshot \(id)") }
        return Snapshot(
            job: job,
            conversions: try await stored(await storage.jobs.jobs(of: id))
        )
    }

    /// Deletes a snapshot with its files; one that is being made is given up.
    public func delete(
        _ id: JobID,
        of project: ProjectID,
        by user: User
    ) async throws(ServiceError) {
        let snapshot = try await snapshot(id, of: project)
        try await stored(await storage.jobs.delete(id))
        for job in snapshot.conversions + [snapshot.job] {
            if let outcome = SnapshotOutcome(job) { environment.exportArea.remove(outcome.path) }
        }
    }

    // MARK: Formats

    /// Begins to make another format of a snapshot, and waits a little for its end.
    ///
    /// - Throws: ``ServiceError`` `conversion_exists` when it was asked for already and did not fail.
    public func convert(
        _ id: JobID,
        of project: ProjectID,
        to format: String,
        by user: User
    ) async throws(ServiceError) -> Job {
        let snapshot = try await snapshot(id, of: project)
        _ = try outcome(of: snapshot.job)
        if let known = conversion(of: snapshot, to: format) {
            guard case .failed = known.state else {
                throw ServiceError(
                    .invalid,
                    "conversion_exists",
                    "This snapshot is being converted to \(format), or was.",
                    hint: "Download it with `exportType=\(format)`.",
                    field: "export_type"
                )
            }
            try await stored(await storage.jobs.delete(known.id))
        }
        try await exports.requireExporter(format, in: project)
        return try await makeConversion(of: snapshot, to: format, by: user)
    }

    /// The file of a snapshot, in its own format or another, which is made when it is not there.
    public func file(
        _ id: JobID,
        of project: ProjectID,
        format: String?,
        by user: User
    ) async throws(ServiceError) -> SnapshotFile {
        let snapshot = try await snapshot(id, of: project)
        let own = try outcome(of: snapshot.job)
        guard let format, format != "JSON" else { return file(own) }
        if let known = conversion(of: snapshot, to: format) {
            guard case .failed = known.state else {
                return file(try outcome(of: known))
            }
            try await stored(await storage.jobs.delete(known.id))
        }
        try await exports.requireExporter(format, in: project)
        return file(try outcome(of: await makeConversion(of: snapshot, to: format, by: user)))
    }

    private func makeConversion(
        of snapshot: Snapshot,
        to format: String,
        by user: User
    ) async throws(ServiceError) -> Job {
        let job = try await stored(
            await storage.jobs.insert(
                Self.conversionKind,
                in: snapshot.job.project,
                parent: snapshot.job.id,
                by: user.id,
                title: format,
                parameters: .emptyObject
            )
        )
        try await run(job)
        guard let now = try await stored(await storage.jobs.job(job.id)) else {
            throw .notFound("Conversion \(job.id)")
        }
        return now
    }

    private func conversion(of snapshot: Snapshot, to format: String) -> Job? {
        snapshot.conversions.last { $0.title == format }
    }

    private func file(_ outcome: SnapshotOutcome) -> SnapshotFile {
        SnapshotFile(
            path: environment.exportArea.absolutePath(outcome.path),
            name: outcome.name,
            mediaType: outcome.mediaType
        )
    }

    private func outcome(of job: Job) throws(ServiceError) -> SnapshotOutcome {
        if let outcome = SnapshotOutcome(job) { return outcome }
        if case .failed(_, let reason) = job.state {
            throw ServiceError(.conflict, "export_failed", reason)
        }
        throw ServiceError(
            .notFound,
            "export_not_completed",
            "Export is not completed",
            hint: "Ask for the snapshot's status, and download it when it is completed."
        )
    }

    // MARK: Jobs

    /// Takes up a job that a process that is gone left undone.
    ///
    /// - Returns: False when it is no job of snapshots.
    func resume(_ job: Job) -> Bool {
        guard job.kind == Self.kind || job.kind == Self.conversionKind else { return false }
        Task { await SnapshotWork(self, job).run() }
        return true
    }

    /// Starts a job and waits for it as long as a request may.
    private func run(_ job: Job) async throws(ServiceError) {
        Task { await SnapshotWork(self, job).run() }
        try await JobPatience.wait(for: job.id, storage.jobs)
    }
}
