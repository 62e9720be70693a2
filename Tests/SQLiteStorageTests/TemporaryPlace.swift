import Contracts
import FoundationEssentials
import LabelModel
import SQLiteStorage
import StorageConformance

/// A database file in a directory that goes away with this object.
final class TemporaryPlace: StoragePlace {
    let directory: String

    init() throws {
        directory =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("postil-storage-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: directory,
            withIntermediateDirectories: true
        )
    }

    deinit {
        // What stays behind lies in the system's temporary directory, which is cleaned anyway.
        try? FileManager.default.removeItem(atPath: directory)
    }

    var path: String { directory + "/postil.sqlite" }

    func open(clock: any WallClock) async throws -> any Storage {
        try await SQLiteStorage.open(path: path, clock: clock)
    }
}
