internal import ArgumentParser
internal import Contracts
internal import LabelingService
internal import PluginAuthoring
internal import PluginHost

/// `postil plugin install`.
struct PluginInstallCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Verify a package and install it; a daemon that runs finds it at once.",
        discussion: """
            SOURCE is a package's file, a package's folder, or a folder of sources that is built \
            first. Installing allows nothing: an administrator does so on the plugins page. A \
            package that is refused leaves nothing behind.
            """
    )

    @OptionGroup var data: DataOptions

    @Option(help: "Plugin directory to install into, instead of the data folder's.")
    var pluginDir: String?

    @Argument(help: "A package's file or folder, or a folder of sources.")
    var source: String

    func run() async throws {
        let settings = try await data.settings()
        let report = try await CommandFailure.telling {
            let scratch = try TemporaryPlace()
            var path = AbsolutePath.of(source)
            let isFolder = AbsolutePath.isFolder(path)
            if isFolder, PluginBuilder.isSource(path) {
                path = try PluginBuilder(toolkit: Installation.toolkit)
                    .build(path, into: scratch.path).folder
            }
            return try await install(path, isFolder: isFolder, settings)
        }
        PackageReportText.print(report)
    }

    private func install(
        _ path: String,
        isFolder: Bool,
        _ settings: Settings
    ) async throws -> PackageReport {
        guard let pluginDir else {
            return try await Workplace.with(settings, logger: DataOptions.logger) {
                try await $0.service.plugins.install(path, isFolder: isFolder)
            }
        }
        let installer = Workplace.installer(of: settings, into: AbsolutePath.of(pluginDir))
        let report =
            isFolder
            ? await installer.install(folder: path) : await installer.install(archive: path)
        if let failure = report.failure { throw failure }
        return report
    }
}
