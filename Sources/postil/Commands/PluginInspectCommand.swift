internal import ArgumentParser
internal import Contracts
internal import PluginHost

/// `postil plugin inspect`.
struct PluginInspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tell what a plugin's folder or package holds, or why it would be refused.",
        discussion: "Runs none of the plugin's code. Exit code 1 when it would be refused."
    )

    @Argument(help: "The folder with manifest.json, or a package's file.")
    var folder: String

    @Option(help: "Data folder with the keys that the operator trusts.")
    var dataDir: String?

    func run() async throws {
        guard AbsolutePath.isFolder(AbsolutePath.of(folder)) else { return try await verify() }
        let inspection = PluginInspection(
            folder: AbsolutePath.of(folder),
            hostVersion: PostilVersion.text
        )
        if let manifest = inspection.manifest { Self.describe(manifest) }
        if !inspection.architectures.isEmpty {
            Terminal.print("architectures: " + inspection.architectures.joined(separator: ", "))
        }
        for note in inspection.notes { Terminal.print("note: \(note)") }
        if let refusal = inspection.refusal { throw CommandFailure(refusal) }
    }

    /// Verifies a package as installing it would.
    private func verify() async throws {
        let scratch = try TemporaryPlace()
        let installer = PackageInstaller(
            directory: scratch.path,
            hostVersion: PostilVersion.text,
            trustedKeys: DataDirectory(dataDir ?? "data").trustedKeys
        )
        let report = await installer.verify(archive: AbsolutePath.of(folder))
        if let manifest = report.manifest { Self.describe(manifest) }
        PackageReportText.print(report)
        if let failure = report.failure { throw CommandFailure(failure) }
    }

    private static func describe(_ manifest: PluginManifest) {
        Terminal.print("\(manifest.plugin) “\(manifest.name)”")
        if !manifest.description.isEmpty { Terminal.print(manifest.description) }
        Terminal.print("vendor: \(manifest.vendor)  license: \(manifest.license)")
        for capability in manifest.capabilities {
            Terminal.print(
                "capability: \(capability.kind.rawValue) \(capability.name) (\(capability.title))"
            )
        }
        for tag in manifest.tags { Terminal.print("tag: <\(tag.tag)> (\(tag.kind))") }
        for file in manifest.webFiles { Terminal.print("browser: \(file.path)") }
        Terminal.print("permissions: \(manifest.permissions)")
    }
}
