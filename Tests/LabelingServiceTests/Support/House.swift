import Contracts
import Glibc
import LabelModel
import LabelingService
import SQLiteStorage
import Synchronization

/// A service on a database of its own in a new folder, with a catalog of plugins made in code.
///
/// The folder goes away with the house.
final class House: Sendable {
    let service: LabelingService
    /// What the service is made of, to make another one over the same things.
    let environment: ServiceEnvironment
    let storage: SQLiteStorage
    let catalog: FakeCatalog
    let folder: String
    let clock = StandingClock()
    let administrator: User
    let annotator: User

    init(
        plugins: [FakeCatalog.Plugin] = [.lines],
        mediaRoots: [String] = [],
        limits: ServiceLimits = ServiceLimits()
    ) async throws {
        folder = try TemporaryFolder.make()
        catalog = FakeCatalog(plugins)
        var settings = SQLiteStorageSettings()
        settings.readerCount = 1
        storage = try await SQLiteStorage.open(
            path: folder + "/postil.sqlite",
            clock: clock,
            settings: settings
        )
        environment = ServiceEnvironment(
            storage: storage,
            catalog: catalog,
            installer: FakeInstaller(incomingFolder: folder + "/incoming"),
            clock: clock,
            passwords: PlainHasher(),
            sha256: { FakeDigest.of($0) },
            uploads: UploadArea(root: folder + "/upload"),
            exportArea: UploadArea(root: folder + "/export"),
            derivedFolder: folder + "/derived",
            mediaRoots: mediaRoots,
            limits: limits
        )
        service = LabelingService(environment)
        let made = try await service.accounts.create([
            NewAccount(email: "admin@example.org", password: "correct horse", role: .administrator),
            NewAccount(email: "ann@example.org", password: "battery staple", role: .member),
        ])
        administrator = made[0].user
        annotator = made[1].user
    }

    deinit {
        // An engine that stays open keeps its threads, and there are many tests.
        Task { [storage, folder] in
            await storage.close()
            TemporaryFolder.remove(folder)
        }
    }

    /// A project with this config.
    func project(
        _ config: String = House.imageConfig,
        _ change: (inout ProjectSettings) -> Void = { _ in }
    ) async throws -> Project {
        var settings = ProjectSettings()
        settings.title = "Fields"
        settings.labelConfig = config
        change(&settings)
        return try await service.projects.create(settings, by: administrator)
    }

    /// Imports a text as a request's body, in chunks of `chunk` bytes.
    @discardableResult
    func importText(
        _ text: String,
        _ mediaType: String = "application/json",
        into project: Project,
        chunk: Int = 64 << 10,
        options: ImportOptions = ImportOptions()
    ) async throws -> ImportAnswer {
        try await service.imports.importBody(
            Chunks(Array(text.utf8), of: chunk),
            mediaType: mediaType,
            into: project.id,
            options: options,
            by: administrator
        )
    }

    func taskCount(_ project: Project) async throws -> Int64 {
        try await service.projects.project(project.id).counters.tasks
    }

    static let imageConfig = """
        <View><Image name="image" value="$image"/>
        <RectangleLabels name="box" toName="image"><Label value="Car"/><Label value="Tree"/></RectangleLabels>
        <Choices name="kind" toName="image"><Choice value="City"/><Choice value="Land"/></Choices></View>
        """

    static let textConfig = """
        <View><Text name="text" value="$text"/>
        <Choices name="mood" toName="text"><Choice value="Good"/><Choice value="Bad"/></Choices></View>
        """
}

/// A clock that the tests move.
final class StandingClock: WallClock {
    private let time = Mutex(Timestamp(microseconds: 1_790_000_000_000_000))

    func now() -> Timestamp { time.withLock { $0 } }

    func advance(seconds: Int64) { time.withLock { $0 = $0.adding(seconds: seconds) } }
}

/// Keeps passwords as they are: what is tested is who asks it, not how it hashes.
struct PlainHasher: PasswordHasher {
    func hash(_ password: String) async throws -> String { "plain:" + password }
    func matches(_ password: String, hash: String) async -> Bool { hash == "plain:" + password }
}

/// Spreads any bytes over 32, differently for different texts.
enum FakeDigest {
    static func of(_ bytes: [UInt8]) -> [UInt8] {
        (0..<32).map { place in
            var value: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(place)
            for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }
            return UInt8(truncatingIfNeeded: value >> 24)
        }
    }
}

/// Bytes that come in pieces.
struct Chunks: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    typealias Failure = any Error

    private let bytes: [UInt8]
    private let size: Int

    init(_ bytes: [UInt8], of size: Int) {
        self.bytes = bytes
        self.size = size
    }

    func makeAsyncIterator() -> Iterator { Iterator(bytes: bytes, size: size) }

    struct Iterator: AsyncIteratorProtocol {
        let bytes: [UInt8]
        let size: Int
        var position = 0

        mutating func next() async throws -> [UInt8]? {
            guard position < bytes.count else { return nil }
            defer { position += size }
            return Array(bytes[position..<Swift.min(position + size, bytes.count)])
        }
    }
}

enum TemporaryFolder {
    static func make() throws -> String {
        var template = Array("/tmp/postil-service-XXXXXX".utf8CString)
        let path: String? = unsafe template.withUnsafeMutableBufferPointer { buffer in
            guard let start = buffer.baseAddress, let made = unsafe mkdtemp(start) else {
                return nil
            }
            return unsafe String(cString: made)
        }
        guard let path else { throw FolderError() }
        return path
    }

    struct FolderError: Error {}

    static func remove(_ path: String) {
        for name in names(path) {
            let inner = path + "/" + name
            if unsafe unlink(inner) != 0 { remove(inner) }
        }
        unsafe rmdir(path)
    }

    static func names(_ path: String) -> [String] {
        guard let stream = unsafe opendir(path) else { return [] }
        defer { unsafe closedir(stream) }
        var names: [String] = []
        while let entry = unsafe readdir(stream) {
            let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
                unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) {
                    unsafe String(cString: $0)
                }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    static func read(_ path: String, count: Int) throws -> [UInt8] {
        guard let file = unsafe fopen(path, "r") else { throw FolderError() }
        defer { unsafe fclose(file) }
        return unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, read in
            read = unsafe fread(buffer.baseAddress, 1, count, file)
        }
    }

    static func write(_ text: String, to path: String) throws {
        let file = unsafe fopen(path, "w")
        guard let file = unsafe file else { throw FolderError() }
        unsafe fputs(text, file)
        unsafe fclose(file)
    }
}
