import Contracts

/// How long a request waits for its job, so that small ones are answered when they are done.
enum JobPatience {
    private static let limit = Duration.seconds(5)

    /// Returns when the job has ended, is gone, or takes too long to wait for.
    static func wait(for id: JobID, _ jobs: any JobStore) async throws(ServiceError) {
        let deadline = ContinuousClock.now + limit
        var pause = Duration.milliseconds(2)
        while ContinuousClock.now < deadline {
            switch try await stored(await jobs.job(id))?.state {
            case .created, .running: break
            case .completed, .failed, nil: return
            }
            try? await Task.sleep(for: pause)
            pause = min(pause * 2, .milliseconds(100))
        }
    }
}
