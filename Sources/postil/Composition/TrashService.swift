internal import LabelingService
internal import ServiceLifecycle

/// Deletes for good what has been in the trash long enough, for as long as the daemon runs.
struct TrashService: Service {
    let trash: Trash

    func run() async throws {
        await cancelWhenGracefulShutdown { await trash.run() }
    }
}
