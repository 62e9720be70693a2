public import Contracts

/// Where an engine keeps the data of one test.
///
/// Opening it a second time gives a storage over the same data, as another process would see it.
public protocol StoragePlace: Sendable {
    func open(clock: any WallClock) async throws -> any Storage
}

/// One sentence about the stores, and the code that finds out whether it is true.
public struct StoragePromise: Sendable, CustomStringConvertible {
    public let description: String
    private let check: @Sendable (StorageBench) async throws -> Void

    init(_ description: String, _ check: @escaping @Sendable (StorageBench) async throws -> Void) {
        self.description = description
        self.check = check
    }

    /// Checks the promise on an empty place.
    public func check(at place: any StoragePlace) async throws {
        let bench = try await StorageBench(place: place)
        do {
            try await check(bench)
        } catch {
            await bench.storage.close()
            throw error
        }
        await bench.storage.close()
    }
}

/// What every engine has to promise: run each of these in a parametrised test of the engine.
public enum StorageConformance {
    public static let promises: [StoragePromise] =
        userPromises + sessionPromises + projectPromises + taskPromises + taskRecordPromises
        + importPromises + annotationPromises + annotationHistoryPromises + counterPromises
        + draftPromises + predictionPromises + queuePromises + queueSkipPromises
        + queueOrderPromises + queueRushPromises + filePromises + pluginPromises + queryPromises
        + viewPromises + labelPromises + manyPromises + sitePromises + jobPromises + auditPromises
        + pluginUpgradePromises + webhookPromises + linkPromises + movePromises + trashPromises
}
