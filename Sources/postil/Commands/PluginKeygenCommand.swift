internal import ArgumentParser
internal import PluginHost

/// `postil plugin keygen`.
struct PluginKeygenCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keygen",
        abstract: "Make a key to sign packages with.",
        discussion: """
            Writes an Ed25519 key in PEM to FILE, which stays secret, and its public half to \
            FILE.pub.pem, which is published. `openssl genpkey -algorithm ed25519` makes such \
            keys too.
            """
    )

    @Argument(help: "File for the private key; it must not be there yet.")
    var file: String

    func run() async throws {
        try await CommandFailure.telling {
            let key = PluginSigningKey()
            _ = try KeyFile.write(key, to: AbsolutePath.of(file))
            Terminal.print("private key: \(file)")
            Terminal.print("public key: \(file).pub.pem")
            Terminal.print("fingerprint: \(key.publicKey.fingerprint)")
        }
    }
}
