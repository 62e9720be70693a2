public import Contracts
public import LabelModel
import ValueTree

/// What was deleted and can be had back.
///
/// Whoever may delete may restore. Emptying is for administrators and whoever made the project.
public struct Trash: Sendable {
    /// What lies in the trash, and for how long.
    public struct Contents: Sendable {
        /// Newest first.
        public var entries: [TrashEntry]
        /// Days until an entry is deleted for good; 0 keeps everything.
        public var days: Int64
        public var isComplete: Bool

        /// When an entry is deleted for good, or nil.
        public func expiry(of entry: TrashEntry) -> Timestamp? {
            days == 0 ? nil : entry.at.adding(seconds: days * 86_400)
        }
    }

    private static let daysName = "trash_days"
    private static let standardDays: Int64 = 30
    private static let longestDays: Int64 = 3_650
    /// Entries that are deleted for good between two looks at the list.
    private static let entriesAtOnce = 100

    private let environment: ServiceEnvironment
    private let projects: Projects
    private let labeling: Labeling
    private var storage: any Storage { environment.storage }

    init(_ environment: ServiceEnvironment, projects: Projects, labeling: Labeling) {
        self.environment = environment
        self.projects = projects
        self.labeling = labeling
    }

    // MARK: What is in it

    /// - `limit`: 1 to 1,000.
    public func contents(
        of project: ProjectID,
        before id: TrashID?,
        limit: Int,
        by user: User
    ) async throws(ServiceError) -> Contents {
        _ = try await projects.project(project)
        let entries = try await stored(
            await storage.trash.entries(of: project, before: id, limit: limit)
        )
        return Contents(
            entries: entries,
            days: try await days(),
            isComplete: entries.count < limit
        )
    }

    /// Projects in the trash.
    public func deletedProjects(by user: User) async throws(ServiceError) -> Contents {
        Contents(
            entries: try await stored(await storage.trash.projects()),
            days: try await days(),
            isComplete: true
        )
    }

    // MARK: Out of it

    /// Brings an entry back, with its ids and its history.
    ///
    /// - `project`: Where the entry has to be; nil for a project in the trash.
    ///
    /// Returns how much came back.
    public func restore(
        _ id: TrashID,
        of project: ProjectID?,
        by user: User
    ) async throws(ServiceError) -> Int64 {
        let entry = try await entry(id, of: project)
        let count = try await stored(await storage.trash.restore(id, by: user.id))
        forget(entry.project)
        return count
    }

    /// Deletes an entry for good.
    public func purge(
        _ id: TrashID,
        of project: ProjectID?,
        by user: User
    ) async throws(ServiceError) {
        let entry = try await entry(id, of: project)
        if try await creator(of: entry.project) != user.id {
            try user.requireAdministrator(to: "empty the trash of projects that others made")
        }
        try await purge(entry)
    }

    /// Deletes everything in a project's trash for good.
    ///
    /// Returns how many entries there were.
    public func empty(_ project: ProjectID, by user: User) async throws(ServiceError) -> Int {
        if try await projects.project(project).createdBy != user.id {
            try user.requireAdministrator(to: "empty the trash of projects that others made")
        }
        var count = 0
        while true {
            let entries = try await stored(
                await storage.trash.entries(of: project, before: nil, limit: Self.entriesAtOnce)
            )
            if entries.isEmpty { return count }
            for entry in entries { try await purge(entry) }
            count += entries.count
        }
    }

    // MARK: Its time

    /// Days until what was deleted is gone for good; 0 keeps it.
    public func days() async throws(ServiceError) -> Int64 {
        let kept = try await stored(await storage.settings.value(Self.daysName))
        return try kept.map { kept throws(ServiceError) in
            try JSONText.parse(kept.bytes).int64 ?? Self.standardDays
        } ?? Self.standardDays
    }

    public func setDays(_ days: Int64, by user: User) async throws(ServiceError) {
        try user.requireAdministrator(to: "decide how long the trash is kept")
        guard (0...Self.longestDays).contains(days) else {
            throw .invalidField(
                "days",
                "The trash is kept for 1 to \(Self.longestDays) days, or with 0 for good."
            )
        }
        try await stored(
            await storage.settings.set(Self.daysName, to: RawJSON(checked: "\(days)".utf8))
        )
    }

    /// Deletes for good what has been in the trash for its time.
    public func purgeExpired() async throws(ServiceError) {
        let days = try await days()
        guard days > 0 else { return }
        let moment = environment.clock.now().adding(seconds: -days * 86_400)
        while true {
            let entries = try await stored(
                await storage.trash.entries(before: moment, limit: Self.entriesAtOnce)
            )
            if entries.isEmpty { return }
            for entry in entries { try await purge(entry) }
        }
    }

    /// Looks after the trash once an hour until the task is cancelled.
    public func run() async {
        while !Task.isCancelled {
            // What cannot be deleted now is there an hour later.
            try? await purgeExpired()
            try? await Task.sleep(for: .seconds(3_600))
        }
    }

    // MARK: Parts

    private func entry(
        _ id: TrashID,
        of project: ProjectID?
    ) async throws(ServiceError) -> TrashEntry {
        if let project { _ = try await projects.project(project) }
        guard let entry = try await stored(await storage.trash.entry(id)),
            project == nil
                ? entry.kind == .project
                : entry.project == project && entry.kind != .project
        else { throw .notFound("Entry \(id) of the trash") }
        return entry
    }

    private func creator(of project: ProjectID) async throws(ServiceError) -> UserID? {
        try await stored(await storage.trash.creator(of: project))
    }

    private func purge(_ entry: TrashEntry) async throws(ServiceError) {
        do throws(StorageError) {
            try await storage.trash.purge(entry.id)
        } catch {
            // Somebody else was faster.
            guard error.code != .notFound else { return }
            throw ServiceError(error)
        }
        guard entry.kind == .project else { return }
        environment.uploads.removeAll(of: entry.project)
        environment.exportArea.removeAll(of: entry.project)
    }

    private func forget(_ project: ProjectID) {
        projects.setups.remove(project)
        labeling.recentTasks.removeAll()
    }
}
