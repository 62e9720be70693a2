internal import ArgumentParser
internal import FoundationEssentials
internal import LabelModel
internal import LabelingService

/// `postil user create`.
struct UserCreateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Make a user, or many.",
        discussion: """
            With --print-token the API token is the last line of standard output and stands alone \
            there. It is shown once; only its digest is kept.
            """
    )

    /// The user's role, as the command line names it.
    enum Role: String, ExpressibleByArgument, CaseIterable {
        case administrator, member

        var role: User.Role {
            switch self {
            case .administrator: .administrator
            case .member: .member
            }
        }
    }

    @OptionGroup var data: DataOptions

    @Option(help: "Address; with --count, users get it with +1, +2, … before the @.")
    var email: String

    @Option(help: "What the user may do on the whole installation.")
    var role: Role = .member

    @Flag(help: "Read the password from the first line of standard input.")
    var passwordStdin = false

    @Flag(help: "Print the API token.")
    var printToken = false

    @Option(help: "How many users to make, such as for a load test.")
    var count = 1

    @Option(help: "File that gets the tokens, one a line in the order of the users.")
    var tokensFile: String?

    func validate() throws {
        guard (1...100_000).contains(count) else {
            throw ValidationError("--count must lie between 1 and 100000.")
        }
        guard count == 1 || !passwordStdin else {
            throw ValidationError("--count and --password-stdin do not go together.")
        }
    }

    func run() async throws {
        var password: String?
        if passwordStdin {
            password = readLine()
            guard password?.isEmpty == false else {
                throw CommandFailure("There is no password on standard input.")
            }
        }
        let accounts = emails.map { NewAccount(email: $0, password: password, role: role.role) }
        let settings = try await data.settings()
        let created = try await Workplace.with(settings, logger: DataOptions.logger) { workplace in
            try await workplace.service.accounts.create(accounts)
        }
        if let tokensFile {
            try write(created.map(\.token), to: AbsolutePath.of(tokensFile))
        }
        for account in created.prefix(20) {
            Terminal.print(
                "\(account.user.role.rawValue) \(account.user.email) was made, id \(account.user.id)"
            )
        }
        if created.count > 20 { Terminal.print("… \(created.count) users in all") }
        if printToken, let last = created.last { Terminal.print(last.token) }
    }

    private var emails: [String] {
        guard count > 1 else { return [email] }
        let at = email.firstIndex(of: "@") ?? email.endIndex
        return (1...count).map { "\(email[..<at])+\($0)\(email[at...])" }
    }

    /// Tokens are as good as passwords: nobody else may read the file.
    private func write(_ tokens: [String], to path: String) throws {
        let text = tokens.map { $0 + "\n" }.joined()
        guard
            FileManager.default.createFile(
                atPath: path,
                contents: Data(text.utf8),
                attributes: [.posixPermissions: 0o600]
            )
        else { throw CommandFailure("The file \(path) cannot be written.") }
    }
}
