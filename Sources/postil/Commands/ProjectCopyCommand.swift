internal import ArgumentParser
internal import FoundationEssentials
internal import LabelingService

/// `postil project copy-from-label-studio`.
struct ProjectCopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy-from-label-studio",
        abstract: "Copy a project out of a running Label Studio, all of it or nothing.",
        discussion: "The token comes from the variable LABEL_STUDIO_TOKEN, or with --token-stdin "
            + "from the first line of standard input. What did not come is told at the end."
    )

    private static let tokenVariable = "LABEL_STUDIO_TOKEN"

    @OptionGroup var data: DataOptions

    @Option(help: "Address of Label Studio.")
    var url: String

    @Option(help: "Id of the project there.")
    var project: Int64

    @Option(help: "Another title for the project.")
    var title: String?

    @Flag(help: "Read the token from standard input.")
    var tokenStdin = false

    @Flag(help: "Leave out uploaded and local files.")
    var withoutFiles = false

    @Option(
        help: ArgumentHelp(
            "Network that may be asked though it is not public; repeatable.",
            valueName: "network"
        )
    )
    var allowOutbound: [String] = []

    @Option(help: "Address of the administrator who copies. (default: the first one)")
    var email: String?

    func run() async throws {
        var settings = try await data.settings()
        settings.allowedOutbound += allowOutbound
        var source = LabelStudioSource(url: url, token: try token(), project: project)
        source.title = title
        source.includesFiles = !withoutFiles
        let report = try await Workplace.with(
            settings,
            logger: DataOptions.logger
        ) { [source] workplace in
            try await workplace.service.moves.copy(source, by: workplace.user(of: email)) { tasks in
                Terminal.complain("\(tasks) tasks have come")
            }
        }
        UnpackedProjectText.print(report.unpacked)
        for loss in report.losses {
            Terminal.complain("not copied: \(loss.message) (\(loss.code), \(loss.count) ×)")
        }
    }

    /// Arguments stand in lists of processes, so the token is none.
    private func token() throws -> String {
        let token =
            tokenStdin
            ? readLine(strippingNewline: true)
            : ProcessInfo.processInfo.environment[Self.tokenVariable]
        guard let token, !token.isEmpty else {
            throw CommandFailure(
                "There is no token.",
                hint: "Put it into the variable \(Self.tokenVariable), or use --token-stdin."
            )
        }
        return token
    }
}
