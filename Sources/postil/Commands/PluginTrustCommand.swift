internal import ArgumentParser
internal import PluginHost

/// `postil plugin trust`.
struct PluginTrustCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "trust",
        abstract: "Trust a publisher's key: packages that it signed count as trusted.",
        discussion: """
            The key is kept as plugin-keys/NAME.pem in the data folder; removing that file takes \
            the trust back. A daemon that runs sees it at once.
            """
    )

    @Argument(help: "File with the publisher's public key.")
    var key: String

    @Option(help: "What the key is called in reports, such as the publisher's name.")
    var name: String

    @Option(help: "Folder with everything that lasts. (default: data)")
    var dataDir: String?

    func run() async throws {
        try await CommandFailure.telling {
            let data = DataDirectory(dataDir ?? "data")
            try data.prepare()
            let key = try TrustedKeys.key(AbsolutePath.of(key))
            try data.trustedKeys.add(key, as: name)
            Terminal.print("Trusted as \(name): \(key.fingerprint)")
        }
    }
}
