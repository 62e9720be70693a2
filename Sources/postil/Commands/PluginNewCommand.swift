internal import ArgumentParser
internal import PluginAuthoring

/// `postil plugin new`.
struct PluginNewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new",
        abstract: "Begin a plugin from a template that works.",
        discussion: """
            Capabilities: exporter, import-source, tag, metric. The new folder holds the sources, \
            the manifest, a sample and a README that says what to change first. Then:

              postil plugin build NAME
              postil plugin check NAME
            """
    )

    @Argument(help: "What the plugin offers: exporter, import-source, tag or metric.")
    var capability: TemplateCapability

    @Argument(help: "Name: lower-case words joined by hyphens, such as parcel-list.")
    var name: String

    @Option(help: "What it is written in: c, cpp, rust or swift.")
    var language: TemplateLanguage = .c

    @Option(help: "Id of the plugin, reverse DNS. org.example.NAME when it is not given.")
    var id: String?

    @Option(help: "Folder to be made. NAME when it is not given.")
    var directory: String?

    func run() async throws {
        try await CommandFailure.telling {
            let name = try PluginName(name)
            let template = try PluginTemplate(capability, in: language, of: Installation.toolkit)
            let folder = directory ?? name.kebab
            let files = try template.copy(as: name, id: id, to: AbsolutePath.of(folder))
            for file in files { Terminal.print("\(folder)/\(file)") }
            Terminal.print("Next: postil plugin build \(folder)")
        }
    }
}
