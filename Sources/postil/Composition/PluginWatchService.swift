internal import LabelingService
internal import ServiceLifecycle

/// Notices changes of plugins for as long as the daemon runs.
struct PluginWatchService: Service {
    let watch: PluginWatch

    func run() async throws {
        await cancelWhenGracefulShutdown { await watch.run() }
    }
}
