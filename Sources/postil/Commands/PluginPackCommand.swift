internal import ArgumentParser
internal import Contracts
internal import PluginAuthoring
internal import PluginHost

/// `postil plugin pack`.
struct PluginPackCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pack",
        abstract: "Make one file of a plugin: an archive with a list of digests.",
        discussion: """
            FOLDER is a package, or sources that are built first. The same files give the same \
            bytes. The archive is a tar inside gzip and begins with SHA256SUMS, which \
            `sha256sum -c` understands.
            """
    )

    @Argument(help: "A package, or a folder of sources.")
    var folder = "."

    @Option(name: .shortAndLong, help: "File to write. <id>-<version>.tar.gz when not given.")
    var output: String?

    func run() async throws {
        try await CommandFailure.telling {
            let scratch = try TemporaryPlace()
            var package = AbsolutePath.of(folder)
            if PluginBuilder.isSource(package) {
                package = try PluginBuilder(toolkit: Installation.toolkit)
                    .build(package, into: scratch.path).folder
            }
            let packer = PackagePacker(hostVersion: PostilVersion.text)
            let plugin = try packer.plugin(in: package)
            let file = output ?? "\(plugin.id)-\(plugin.version).tar.gz"
            let digest = try packer.pack(package, to: AbsolutePath.of(file))
            Terminal.print("Packed \(plugin): \(file)")
            Terminal.print("content: sha256:\(digest)")
        }
    }
}
