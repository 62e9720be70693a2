internal import ArgumentParser
internal import Contracts
internal import FoundationEssentials
internal import PluginHost

/// `postil plugin list`.
struct PluginListCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the plugins that the daemon would find; runs none of their code."
    )

    @OptionGroup var data: DataOptions

    @Option(help: "Folder with plugins, beside those of the installation. May be repeated.")
    var pluginDir: [String] = []

    func run() async throws {
        var settings = try await data.settings()
        settings.pluginDirectories += pluginDir.map(AbsolutePath.of)
        let catalog = Workplace.catalog(of: settings, logger: DataOptions.logger)
        for installed in await catalog.installed() {
            let origin = installed.trust.level.rawValue
            switch installed.finding {
            case .usable(let manifest):
                let offers =
                    manifest.capabilities.map(\.name)
                    + manifest.tags.map { "<\($0.tag)>" }.filter { tag in
                        !manifest.capabilities.contains { "<\($0.name)>" == tag }
                    }
                Terminal.print(
                    "\(manifest.plugin)\t\(origin)\t\(manifest.name)\t"
                        + offers.joined(separator: ", ")
                )
            case .refused(let plugin, let error):
                Terminal.print("\(plugin)\t\(origin)\trefused: \(error.message)")
            }
        }
    }
}
