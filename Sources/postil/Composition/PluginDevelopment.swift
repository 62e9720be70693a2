internal import Contracts
internal import Dispatch
internal import FoundationEssentials
internal import LabelingService
internal import Logging
internal import PluginAuthoring
internal import ServiceLifecycle

/// `serve --plugin-dev`: builds plugins whenever their sources change, and lets them run.
///
/// 1. Made before the daemon starts; what an earlier start has built is taken away.
/// 2. ``run()`` looks at the sources several times a second until the daemon ends. What was built
///    is allowed without asking, since whoever starts the daemon so is its author.
struct PluginDevelopment: Service {
    private static let interval = Duration.milliseconds(250)

    let folders: [String]
    /// Plugin directory that gets what is built.
    let output: String
    let plugins: Plugins
    let logger: Logger

    init(_ settings: Settings, plugins: Plugins, logger: Logger) {
        folders = settings.pluginDevelopment
        output = settings.dataDirectory.developedPlugins
        self.plugins = plugins
        self.logger = logger
        try? FileManager.default.removeItem(atPath: output)
    }

    func run() async throws {
        await cancelWhenGracefulShutdown { await follow() }
    }

    private func follow() async {
        var developed: [String: DevelopedPlugin] = [:]
        while !Task.isCancelled {
            for folder in folders.flatMap(DevelopedPlugin.folders(in:)) {
                let plugin =
                    developed[folder]
                    ?? DevelopedPlugin(
                        folder: folder,
                        output: output,
                        toolkit: Installation.toolkit,
                        hostVersion: PostilVersion.text
                    )
                let (next, step) = await Self.offPool(plugin)
                developed[folder] = next
                await tell(step, folder)
            }
            try? await Task.sleep(for: Self.interval)
        }
    }

    private func tell(_ step: DevelopedPlugin.Step, _ folder: String) async {
        switch step {
        case .resting: return
        case .built(let package):
            let plugin = PluginVersion(id: package.id, version: package.version)
            logger.notice("Built \(plugin) from \(folder)")
            do {
                try await plugins.accept(developed: plugin)
            } catch {
                logger.error("\(plugin) cannot be allowed: \(error.message)")
            }
        case .failed(let error):
            logger.error("\(error.message)\(error.hint.map { " \($0)" } ?? "")")
            let name = folder.split(separator: "/").last.map(String.init) ?? folder
            await plugins.events.publish(
                PluginEvent(
                    .buildFailed,
                    of: PluginVersion(id: name, version: ""),
                    detail: error.message
                )
            )
        }
    }

    private static func offPool(_ plugin: DevelopedPlugin) async
        -> (DevelopedPlugin, DevelopedPlugin.Step)
    {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                var plugin = plugin
                let step = plugin.step()
                continuation.resume(returning: (plugin, step))
            }
        }
    }
}
