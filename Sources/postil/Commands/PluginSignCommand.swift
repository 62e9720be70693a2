internal import ArgumentParser
internal import PluginHost

/// `postil plugin sign`.
struct PluginSignCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign a package: its list of digests, and so all it holds.",
        discussion: "The signature becomes a part of the file; an older one is replaced."
    )

    @Argument(help: "The package's file, as `postil plugin pack` made it.")
    var file: String

    @Option(help: "File with the private key.")
    var key: String

    func run() async throws {
        try await CommandFailure.telling {
            let key = try KeyFile.signingKey(AbsolutePath.of(key))
            let packer = PackagePacker(hostVersion: PostilVersion.text)
            let digest = try packer.sign(AbsolutePath.of(file), with: key)
            Terminal.print("Signed \(file) by the key \(key.publicKey.fingerprint)")
            Terminal.print("content: sha256:\(digest)")
        }
    }
}
