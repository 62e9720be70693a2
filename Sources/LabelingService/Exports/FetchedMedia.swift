import Contracts
import Dispatch
import Glibc
import LabelModel
import Synchronization

/// Media of tasks that lie in the project's buckets or on other servers, brought here for an export.
///
/// A file lies on the disk without a name while the exporter reads it, so that nothing is left behind.
struct FetchedMedia: Sendable {
    private let storages: LinkedStorages
    private let project: ProjectID
    private let patience = ServerPatience()

    private var environment: ServiceEnvironment { storages.environment }

    init(_ storages: LinkedStorages, of project: ProjectID) {
        self.storages = storages
        self.project = project
    }

    static func isElsewhere(_ reference: String) -> Bool {
        ["s3://", "https://", "http://"].contains { reference.hasPrefix($0) }
    }

    /// Fetches a file; nil for what is not there, or too large, or does not come in time.
    ///
    /// Blocks its thread, which is that of a plugin's call and none of the cooperative pool's.
    func open(_ address: String) -> OpenedMedia? {
        let place = Self.place(of: address)
        guard patience.isLeft(for: place) else { return nil }
        let start = ContinuousClock.now
        let answer = Answer()
        Task { answer.give(await inTime(address)) }
        let opened = answer.wait()
        patience.count(place, isThere: opened != nil, after: ContinuousClock.now - start)
        return opened
    }

    /// Scheme and server, or scheme and bucket.
    private static func place(of address: String) -> String {
        address.split(separator: "/", maxSplits: 2).prefix(2).joined(separator: "//")
    }

    private func inTime(_ address: String) async -> OpenedMedia? {
        await withTaskGroup(of: OpenedMedia?.self) { group in
            group.addTask { try? await fetch(address) }
            group.addTask {
                try? await Task.sleep(for: environment.limits.fetchedMediaPatience)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            // What comes too late is closed again.
            while first == nil, let late = await group.next() {
                if let late { close(late.descriptor) }
            }
            return first
        }
    }

    private func fetch(_ address: String) async throws -> OpenedMedia {
        let stream = try await stream(of: address)
        guard stream.head.isSuccess else { throw ServiceError.notFound("The file") }
        let folder = environment.exportArea.root
        try FilePath.makeFolder(folder)
        let path = "\(folder)/\(Secrets.hexadecimal(byteCount: 16)).partial"
        let file = try FileDescriptor.creating(path)
        let reading = unsafe Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        FilePath.remove(path)
        guard reading >= 0 else { throw ServiceError.file("open", path, errno) }
        do {
            var byteCount: Int64 = 0
            for try await chunk in stream.chunks {
                try Task.checkCancellation()
                byteCount += Int64(chunk.count)
                guard byteCount <= environment.limits.fetchedMediaBytes else {
                    throw ServiceError(
                        .tooLarge,
                        "file_too_large",
                        "A file has more than \(environment.limits.fetchedMediaBytes) bytes."
                    )
                }
                try file.write(chunk)
            }
            return OpenedMedia(descriptor: reading, byteCount: byteCount)
        } catch {
            close(reading)
            throw error
        }
    }

    private func stream(of address: String) async throws -> OutboundStream {
        guard address.hasPrefix("s3://") else {
            return try await environment.outbound.open(
                OutboundRequest(.get, address, timeout: .seconds(30))
            )
        }
        return try await storages.media(address, of: project, range: nil).stream
    }
}

/// What a thread waits for that a task gives.
private final class Answer: Sendable {
    private let isThere = DispatchSemaphore(value: 0)
    private let value = Mutex<OpenedMedia?>(nil)

    func give(_ value: OpenedMedia?) {
        self.value.withLock { $0 = value }
        isThere.signal()
    }

    func wait() -> OpenedMedia? {
        isThere.wait()
        return value.withLock { $0 }
    }
}

/// Servers that are not there cost their time three times, not once for each file of an export.
private final class ServerPatience: Sendable {
    private static let mostFailures = 3
    /// A server that says no sooner than this is there.
    private static let slow = Duration.seconds(3)

    private let failures = Mutex<[String: Int]>([:])

    func isLeft(for place: String) -> Bool {
        failures.withLock { $0[place, default: 0] < Self.mostFailures }
    }

    func count(_ place: String, isThere: Bool, after spent: Duration) {
        failures.withLock { failures in
            if isThere {
                failures[place] = nil
            } else if spent >= Self.slow {
                failures[place, default: 0] += 1
            }
        }
    }
}
