import Contracts
import FoundationEssentials
import GRDB
import LabelModel
import SQLiteStorage
import StorageConformance
import Testing

@Suite struct OpeningTests {
    @Test func `what was stored is there after closing and opening again`() async throws {
        let place = try TemporaryPlace()
        let first = try await place.open(clock: SteppingClock())
        let user = try await first.users.insert([.person("ann")])[0]
        await first.close()
        let second = try await place.open(clock: SteppingClock())
        #expect(try await second.users.list().map(\.id) == [user.id])
        await second.close()
    }

    @Test(.timeLimit(.minutes(2)))
    func `many storages may be open in one process`() async throws {
        // More threads than Dispatch gives to blocking work.
        var open: [(place: TemporaryPlace, storage: any Storage)] = []
        for _ in 0..<80 {
            let place = try TemporaryPlace()
            open.append((place, try await place.open(clock: SteppingClock())))
        }
        for (_, storage) in open {
            #expect(try await storage.users.insert([.person("ann")]).count == 1)
        }
        for (_, storage) in open { await storage.close() }
    }

    @Test func `nobody but the owner can read the files`() async throws {
        let place = try TemporaryPlace()
        let storage = try await place.open(clock: SteppingClock())
        for suffix in ["", "-wal", "-shm", "-instances"] {
            let attributes = try FileManager.default.attributesOfItem(atPath: place.path + suffix)
            let permissions = attributes[.posixPermissions] as? Int
            #expect(permissions == 0o600, "\(suffix)")
        }
        await storage.close()
    }

    @Test func `a database of a newer version is refused`() async throws {
        let place = try TemporaryPlace()
        let storage = try await place.open(clock: SteppingClock())
        await storage.close()
        try await DatabaseQueue(path: place.path).write { database in
            try database.execute(
                sql: "INSERT INTO grdb_migrations(identifier) VALUES ('9 from the future')"
            )
        }
        let error = await #expect(throws: StorageError.self) {
            _ = try await place.open(clock: SteppingClock())
        }
        #expect(error?.code == .corrupt)
        #expect(error?.message.contains("newer version") == true)
    }

    @Test func `a file that is no database is refused`() async throws {
        let place = try TemporaryPlace()
        try Data(repeating: 0x41, count: 10_000).write(to: URL(filePath: place.path))
        let error = await #expect(throws: StorageError.self) {
            _ = try await place.open(clock: SteppingClock())
        }
        #expect(error?.code == .corrupt)
    }

    @Test func `a directory that is not there is told from a damaged file`() async throws {
        let error = await #expect(throws: StorageError.self) {
            _ = try await SQLiteStorage.open(
                path: "/nowhere/at/all/postil.sqlite",
                clock: SteppingClock()
            )
        }
        #expect(error?.code == .unavailable)
    }

    @Test func `a closed storage refuses and does not hang`() async throws {
        let storage = try await TemporaryPlace().open(clock: SteppingClock())
        await storage.close()
        let reading = await #expect(throws: StorageError.self) {
            _ = try await storage.users.list()
        }
        #expect(reading?.code == .unavailable)
        let writing = await #expect(throws: StorageError.self) {
            _ = try await storage.users.insert([.person("ann")])
        }
        #expect(writing?.code == .unavailable)
    }

    @Test func `closing waits for the writes under way`() async throws {
        let place = try TemporaryPlace()
        let storage = try await place.open(clock: SteppingClock())
        let writes = (0..<50).map { number in
            Task { try await storage.users.insert([.person("u\(number)")]).count }
        }
        await storage.close()
        var stored = 0
        for write in writes { stored += (try? await write.value) ?? 0 }
        let again = try await place.open(clock: SteppingClock())
        #expect(try await again.users.list().count == stored)
        await again.close()
    }
}

extension NewUser {
    static func person(_ name: String) -> NewUser {
        let digest = Array(name.utf8) + Array(repeating: 0, count: 32)
        return NewUser(
            email: "\(name)@example.org",
            role: .member,
            passwordHash: nil,
            tokenDigest: Array(digest.prefix(32))
        )
    }
}
