import StorageConformance
import Testing

@Suite struct ConformanceTests {
    @Test(arguments: StorageConformance.promises)
    func `SQLite keeps what every storage promises`(_ promise: StoragePromise) async throws {
        try await promise.check(at: try TemporaryPlace())
    }
}
