import Contracts
import LabelModel
import Testing

/// An open storage with people in it, and short ways to make what a test needs.
struct StorageBench: Sendable {
    let place: any StoragePlace
    let clock = SteppingClock()
    let storage: any Storage
    let ann: UserID
    let bob: UserID
    let cid: UserID

    init(place: any StoragePlace) async throws {
        self.place = place
        storage = try await place.open(clock: clock)
        let people = try await storage.users.insert(
            ["ann", "bob", "cid"].enumerated().map { number, name in
                NewUser(
                    email: "\(name)@example.org",
                    role: .member,
                    passwordHash: "hash of \(name)",
                    tokenDigest: StorageBench.digest(UInt8(number + 1))
                )
            }
        )
        (ann, bob, cid) = (people[0].id, people[1].id, people[2].id)
    }

    static func digest(_ byte: UInt8) -> [UInt8] { Array(repeating: byte, count: 32) }

    /// More users, for tests with many.
    func users(_ count: Int) async throws -> [UserID] {
        try await storage.users.insert(
            (0..<count).map { number in
                NewUser(
                    email: "user\(number)@example.org",
                    role: .member,
                    passwordHash: nil,
                    tokenDigest: Self.digest(200) + [UInt8(number >> 8), UInt8(number & 0xFF)]
                )
            }
        ).map(\.id)
    }

    func project(
        overlap: Int64 = 1,
        _ change: (inout ProjectSettings) -> Void = { _ in }
    ) async throws -> ProjectID {
        var settings = ProjectSettings()
        settings.title = "A project"
        settings.maximumAnnotations = overlap
        change(&settings)
        return try await storage.projects.insert(settings, by: ann, enabling: []).id
    }

    /// Stores tasks whose data tells their number.
    func tasks(_ count: Int, in project: ProjectID) async throws -> [TaskID] {
        try await storage.tasks.insert(
            Self.newTasks(count),
            into: project,
            by: ann,
            file: nil
        )
    }

    static func newTasks(_ count: Int) -> [NewTask] {
        (0..<count).map { NewTask(data: RawJSON(checked: Array("{\"n\":\($0)}".utf8))) }
    }

    static func answer(
        _ change: (inout NewAnnotation) -> Void = { _ in }
    ) -> NewAnnotation {
        var annotation = NewAnnotation(result: #"[{"id":"r1"}]"#, resultCount: 1)
        change(&annotation)
        return annotation
    }

    @discardableResult
    func annotate(
        _ task: TaskID,
        by user: UserID,
        _ change: (inout NewAnnotation) -> Void = { _ in }
    ) async throws -> Annotation {
        try await storage.annotations.insert(Self.answer(change), on: task, by: user).annotation
    }

    @discardableResult
    func skip(_ task: TaskID, by user: UserID) async throws -> Annotation {
        try await annotate(task, by: user) { $0.wasCancelled = true }
    }

    func counters(of project: ProjectID) async throws -> ProjectCounters {
        try #require(try await storage.projects.project(project)).counters
    }

    func task(_ id: TaskID) async throws -> LabelingTask {
        try #require(try await storage.tasks.task(id))
    }
}

/// Expects that a call refuses with a code.
func expect(
    _ code: StorageError.Code,
    sourceLocation: SourceLocation = #_sourceLocation,
    _ call: () async throws -> Void
) async {
    let error = await #expect(throws: StorageError.self, sourceLocation: sourceLocation) {
        try await call()
    }
    #expect(error?.code == code, sourceLocation: sourceLocation)
    #expect(error?.message.isEmpty == false, sourceLocation: sourceLocation)
}
