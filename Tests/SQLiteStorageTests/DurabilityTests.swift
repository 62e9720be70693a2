import Contracts
import FoundationEssentials
import GRDB
import LabelModel
import SQLiteStorage
import StorageConformance
import Synchronization
import Testing

@Suite struct DurabilityTests {
    @Test func `a commit waits for the disk`() async throws {
        let place = try TemporaryPlace()
        let storage = try await SQLiteStorage.open(path: place.path, clock: SteppingClock())
        // 2 is FULL: the log is flushed before each commit returns.
        #expect(try await storage.pragma("synchronous") == "2")
        #expect(try await storage.pragma("journal_mode") == "wal")
        #expect(try await storage.pragma("foreign_keys") == "1")
        await storage.close()
    }

    @Test func `writes that wait share a commit`() async throws {
        let place = try TemporaryPlace()
        let storage = try await SQLiteStorage.open(path: place.path, clock: SteppingClock())
        let (user, tasks) = try await storage.project(withTasks: 512)
        let before = storage.commitCount
        try await withThrowingTaskGroup(of: Void.self) { group in
            for task in tasks {
                group.addTask { try await storage.annotate(task, by: user) }
            }
            try await group.waitForAll()
        }
        #expect(storage.commitCount - before < 256)
        await storage.close()
    }

    @Test func `a refused write takes no other of its commit with it`() async throws {
        let place = try TemporaryPlace()
        let storage = try await SQLiteStorage.open(path: place.path, clock: SteppingClock())
        let (user, tasks) = try await storage.project(withTasks: 200)
        let witness = Counter()
        await withTaskGroup(of: Void.self) { group in
            for (number, task) in tasks.enumerated() {
                group.addTask {
                    let target = number % 3 == 0 ? TaskID(9_999_999) : task
                    do { try await storage.annotate(target, by: user) } catch { witness.count() }
                }
            }
        }
        #expect(witness.total == 67)
        #expect(try await storage.projects.project(ProjectID(1))?.counters.annotations == 133)
        await storage.close()
    }

    @Test func `a copy of the files made at any moment has all that was acknowledged`()
        async throws
    {
        let place = try TemporaryPlace()
        var settings = SQLiteStorageSettings()
        // Files that are copied one after the other only fit together when the first stays as
        // it is.
        settings.checkpointPages = 0
        let storage = try await SQLiteStorage.open(
            path: place.path,
            clock: SteppingClock(),
            settings: settings
        )
        let (user, tasks) = try await storage.project(withTasks: 3_000)
        let acknowledged = Acknowledged()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for part in 0..<16 {
                group.addTask {
                    for task in tasks where task.rawValue % 16 == part {
                        acknowledged.add(try await storage.annotate(task, by: user).id)
                    }
                }
            }
            for moment in [100, 700, 1_500, 2_500] {
                while acknowledged.count < moment { try await Task.sleep(for: .milliseconds(1)) }
                let expected = acknowledged.ids
                try await Self.check(expected, afterCrashOf: place)
            }
            try await group.waitForAll()
        }
        await storage.close()
    }

    /// Copies the files as a crash would leave them, and looks for annotations in the copy.
    private static func check(
        _ expected: [AnnotationID],
        afterCrashOf place: TemporaryPlace
    ) async throws {
        let copy = try TemporaryPlace()
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(
                atPath: place.path + suffix,
                toPath: copy.path + suffix
            )
        }
        let storage = try await SQLiteStorage.open(path: copy.path, clock: SteppingClock())
        for id in expected {
            #expect(try await storage.annotations.annotation(id) != nil)
        }
        let counters = try await storage.projects.project(ProjectID(1))?.counters
        #expect(try #require(counters).annotations >= Int64(expected.count))
        #expect(try await storage.pragma("integrity_check") == "ok")
        #expect(try await storage.pragma("foreign_key_check") == nil)
        await storage.close()
    }

    @Test func `the log is moved into the file while writes go on`() async throws {
        let place = try TemporaryPlace()
        var settings = SQLiteStorageSettings()
        settings.checkpointPages = 200
        let storage = try await SQLiteStorage.open(
            path: place.path,
            clock: SteppingClock(),
            settings: settings
        )
        let user = try await storage.project(withTasks: 1).user
        let data = RawJSON(checked: Array(repeating: UInt8(ascii: "1"), count: 1_500))
        let portion = Array(repeating: NewTask(data: data), count: 250)
        for _ in 0..<120 {
            _ = try await storage.tasks.insert(portion, into: ProjectID(1), by: user, file: nil)
        }
        // 45 MB were written.
        let attributes = try FileManager.default.attributesOfItem(atPath: place.path + "-wal")
        let byteCount = try #require(attributes[.size] as? Int)
        #expect(byteCount < 24_000_000)
        await storage.close()
        #expect(!FileManager.default.fileExists(atPath: place.path + "-wal"))
    }

    @Test func `a full disk refuses the write, keeps the rest and goes on`() async throws {
        let place = try TemporaryPlace()
        var settings = SQLiteStorageSettings()
        settings.maximumPageCount = 200
        let storage = try await SQLiteStorage.open(
            path: place.path,
            clock: SteppingClock(),
            settings: settings
        )
        let (user, tasks) = try await storage.project(withTasks: 10)
        let large = NewTask(
            data: RawJSON(checked: Array(repeating: UInt8(ascii: "1"), count: 2_000_000))
        )
        let error = await #expect(throws: StorageError.self) {
            _ = try await storage.tasks.insert(
                [large],
                into: ProjectID(1),
                by: user,
                file: nil
            )
        }
        #expect(error?.code == .full)
        let stored = try await storage.annotate(tasks[0], by: user)
        #expect(try await storage.annotations.annotation(stored.id) != nil)
        #expect(try await storage.projects.project(ProjectID(1))?.counters.tasks == 10)
        await storage.close()
    }

    @Test func `a write waits for another process and then says that it is busy`() async throws {
        let place = try TemporaryPlace()
        var settings = SQLiteStorageSettings()
        settings.busyTimeoutSeconds = 0.2
        let storage = try await SQLiteStorage.open(
            path: place.path,
            clock: SteppingClock(),
            settings: settings
        )
        var configuration = Configuration()
        configuration.allowsUnsafeTransactions = true
        let other = try DatabaseQueue(path: place.path, configuration: configuration)
        try await other.writeWithoutTransaction { database in
            try database.execute(sql: "BEGIN IMMEDIATE")
        }
        let error = await #expect(throws: StorageError.self) {
            _ = try await storage.users.insert([.person("ann")])
        }
        #expect(error?.code == .busy)
        #expect(try await storage.users.list().isEmpty)
        try await other.writeWithoutTransaction { try $0.execute(sql: "COMMIT") }
        #expect(try await storage.users.insert([.person("ann")]).count == 1)
        await storage.close()
    }
}

/// Ids of the annotations that were acknowledged so far.
private final class Acknowledged: Sendable {
    private let stored = Mutex<[AnnotationID]>([])

    func add(_ id: AnnotationID) { stored.withLock { $0.append(id) } }
    var ids: [AnnotationID] { stored.withLock { $0 } }
    var count: Int { stored.withLock { $0.count } }
}

private final class Counter: Sendable {
    private let value = Mutex(0)

    func count() { value.withLock { $0 += 1 } }
    var total: Int { value.withLock { $0 } }
}

extension Storage {
    /// A user and a project with tasks.
    func project(withTasks count: Int) async throws -> (user: UserID, tasks: [TaskID]) {
        let user = try await users.insert([.person("ann")])[0].id
        let project = try await projects.insert(ProjectSettings(), by: user, enabling: []).id
        let new = (0..<count).map { _ in NewTask(data: "{}") }
        return (user, try await tasks.insert(new, into: project, by: user, file: nil))
    }

    @discardableResult
    func annotate(_ task: TaskID, by user: UserID) async throws -> Annotation {
        try await annotations.insert(
            NewAnnotation(result: "[]", resultCount: 0),
            on: task,
            by: user
        ).annotation
    }
}
