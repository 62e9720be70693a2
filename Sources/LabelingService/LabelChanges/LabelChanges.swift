public import Contracts
public import LabelModel
import LabelingConfig
import ValueTree

/// Labels that get other names, or become one, in the labeling config and in all that was labeled.
///
/// A change is a job: it outlives the request and a restart. It makes a version of the config
/// first, so that nobody labels with the old names any more, then goes through the answers. What
/// it has changed already it finds changed, so it may be done again from the beginning.
public struct LabelChanges: Sendable {
    static let kind = "label_change"
    private static let listLimit = 100

    let environment: ServiceEnvironment
    let projects: Projects

    var storage: any Storage { environment.storage }

    init(_ environment: ServiceEnvironment, projects: Projects) {
        self.environment = environment
        self.projects = projects
    }

    /// What a change would do.
    public struct Preview: Sendable {
        public let counts: LabelChangeCounts
        /// The labeling config as it would be.
        public let labelConfig: String
        public let changesConfig: Bool
    }

    /// Tells what a change would do and does nothing; reads all answers of the project.
    ///
    /// - `body`: JSON object: `labels` with the new name of each label, by control.
    ///
    /// Throws ``ServiceError`` `label_change_invalid` with the place.
    public func preview(
        body: [UInt8],
        of project: ProjectID
    ) async throws(ServiceError) -> Preview {
        let config = try await projects.setup(of: project).config
        let request = try LabelChangeRequest(try JSONText.parseObject(body), config)
        let text = config.source(replacing: request.replacements)
        if text != config.tree.source {
            try await projects.validate(labelConfig: text, of: project)
        }
        let relabeler = ResultRelabeler(request.replacements, in: config)
        var counts = LabelChangeCounts(request.replacements)
        try await LabelWalk(storage, project).run { (answer) throws(ServiceError) in
            if let changed = try relabeler.relabel(answer.result) {
                counts.add(changed, of: answer.kind)
            }
        }
        return Preview(
            counts: counts,
            labelConfig: text,
            changesConfig: text != config.tree.source
        )
    }

    /// Begins a change, and waits a little for its end.
    ///
    /// - `body`: See ``preview(body:of:)``.
    ///
    /// Throws ``ServiceError`` `label_change_running` while another one is under way.
    public func begin(
        body: [UInt8],
        of project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> LabelChange {
        let preview = try await preview(body: body, of: project)
        let earlier = try await stored(
            await storage.jobs.jobs(Self.kind, in: project, limit: Self.listLimit)
        )
        guard earlier.allSatisfy({ $0.state.isOver }) else {
            throw ServiceError(
                .conflict,
                "label_change_running",
                "Labels of this project are being changed.",
                hint: "Wait until that is done."
            )
        }
        var writer = JSONWriter()
        writer.object { preview.counts.writeMembers(to: &$0) }
        let job = try await stored(
            await storage.jobs.insert(
                Self.kind,
                in: project,
                parent: nil,
                by: user.id,
                title: "",
                parameters: RawJSON(checked: writer.bytes)
            )
        )
        Task { await LabelChangeWork(self, job).run() }
        try await JobPatience.wait(for: job.id, storage.jobs)
        return try await change(job.id, of: project)
    }

    /// Changes of a project, the newest first, at most 100.
    public func list(of project: ProjectID) async throws(ServiceError) -> [LabelChange] {
        _ = try await projects.project(project)
        return try await stored(
            await storage.jobs.jobs(Self.kind, in: project, limit: Self.listLimit)
        ).map(LabelChange.init)
    }

    public func change(
        _ id: JobID,
        of project: ProjectID
    ) async throws(ServiceError) -> LabelChange {
        guard let job = try await stored(await storage.jobs.job(id)), job.kind == Self.kind,
            job.project == project
        else { throw .notFound("Label change \(id)") }
        return LabelChange(job)
    }

    /// Takes up a job that a process that is gone left undone.
    ///
    /// - Returns: False when it is no change of labels.
    func resume(_ job: Job) -> Bool {
        guard job.kind == Self.kind else { return false }
        Task { await LabelChangeWork(self, job).run() }
        return true
    }
}

/// A change of labels, and how far it is.
public struct LabelChange: Sendable {
    public let job: Job
    /// What was done; before the end, what was found at the beginning.
    public let counts: LabelChangeCounts

    init(_ job: Job) {
        self.job = job
        let text: RawJSON =
            if case .completed(_, let result) = job.state { result } else { job.parameters }
        counts =
            (try? JSONText(parsing: text.bytes)).map(LabelChangeCounts.init)
            ?? LabelChangeCounts([])
    }
}

extension Job.State {
    fileprivate var isOver: Bool {
        switch self {
        case .created, .running: false
        case .completed, .failed: true
        }
    }
}
