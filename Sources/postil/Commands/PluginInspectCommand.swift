internal import ArgumentParser
internal import Contracts
internal import PluginHost

/// `postil plugin inspect`.
struct PluginInspectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tell what a plugin's folder holds, or why it would be refused.",
        discussion: "Runs none of the plugin's code. Exit code 1 when it would be refused."
    )

    @Argument(help: "The folder with manifest.json.")
    var folder: String

    func run() async throws {
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
