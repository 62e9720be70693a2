internal import ArgumentParser
internal import LabelModel
internal import LabelingService

/// `postil user sign-in-link`.
struct UserSignInLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-in-link",
        abstract: "Print a link that signs a user in once."
    )

    @OptionGroup var data: DataOptions

    @Option(help: "Address of the user.")
    var email: String

    @Option(
        name: .customLong("public-url"),
        help: ArgumentHelp(
            "Address under which browsers reach the server. (default: http://127.0.0.1:8080)",
            valueName: "url"
        )
    )
    var publicURL: String?

    func run() async throws {
        let settings = try await data.settings()
        let token = try await Workplace.with(settings, logger: DataOptions.logger) { workplace in
            let user = try await workplace.user(email: email)
            return try await workplace.service.accounts.makeSignInLink(for: user.id)
        }
        let base =
            publicURL?.trimmingSlash ?? settings.publicURL ?? "http://127.0.0.1:\(settings.port)"
        Terminal.print("\(base)/sign-in/link?token=\(token)")
    }
}
