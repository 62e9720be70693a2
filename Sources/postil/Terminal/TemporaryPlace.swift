internal import FoundationEssentials

/// A folder for the time of a command; it goes with the value.
final class TemporaryPlace: Sendable {
    let path: String

    init() throws {
        let parent = FileManager.default.temporaryDirectory.path(percentEncoded: false)
            .trimmingSlash
        path = parent + "/postil-\(UUID().uuidString)"
        do {
            try FileManager.default.createDirectory(
                atPath: path,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        } catch {
            throw CommandFailure("The folder \(path) cannot be made.")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
