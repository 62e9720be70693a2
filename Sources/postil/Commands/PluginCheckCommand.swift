internal import ArgumentParser
internal import FoundationEssentials
internal import LabelModel
internal import PluginAuthoring

/// `postil plugin check`.
struct PluginCheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Check a plugin, each test in a process of its own.",
        discussion: """
            FOLDER is a package, or sources that are built first. Level 5 is what installing asks \
            for, level 8 what running in process asks for. What fails at random is repeated with \
            the --seed of the report. Exit code 1 when a check has failed.

            NODE names another Node than node, CC and CXX other compilers for the sanitizers.
            """
    )

    @Argument(help: "A package, or a folder of sources.")
    var folder = "."

    @Option(help: "Checks up to this level, 1 to 10.")
    var level = PluginCheck.installableLevel

    @Option(help: "Where random tests start. Another one each time when it is not given.")
    var seed: UInt64?

    @Option(help: "Only checks whose id begins so, such as exporter.data. May be repeated.")
    var only: [String] = []

    @Option(help: "File that gets the report as JSON.")
    var json: String?

    @Flag(help: "Show checks that passed too.")
    var verbose = false

    @Flag(help: "List all checks with their levels and what they catch; check nothing.")
    var list = false

    func validate() throws {
        guard (1...PluginCheck.highestLevel).contains(level) else {
            throw ValidationError("--level is 1 to \(PluginCheck.highestLevel).")
        }
    }

    func run() async throws {
        if list {
            for check in PluginCheck.all {
                Terminal.print("\(check.id)\t\(check.level)\t\(check.catches)")
            }
            return
        }
        let report = try await CommandFailure.telling {
            let checker = PluginChecker(
                toolkit: Installation.toolkit,
                hostVersion: PostilVersion.text
            )
            return try checker.check(
                AbsolutePath.of(folder),
                level: level,
                seed: seed ?? UInt64.random(in: 1...UInt64(UInt32.max)),
                only: only,
                progress: tell
            )
        }
        if let json { try write(report, to: AbsolutePath.of(json)) }
        Terminal.print("seed: \(report.seed)")
        Terminal.print(report.summary)
        if !report.isPassed { throw ExitCode.failure }
    }

    private func tell(_ result: CheckResult) {
        let isWorthShowing = result.verdict == .failed || result.verdict == .broken
        guard verbose || isWorthShowing else { return }
        let capability = result.capability.map { " \($0)" } ?? ""
        Terminal.print(
            "\(result.verdict.rawValue)\t\(result.check.id)\(capability)"
                + " (level \(result.check.level), \(result.milliseconds) ms)"
        )
        for finding in result.findings { Terminal.print("\t\(finding)") }
        if verbose { for note in result.notes { Terminal.print("\t\(note)") } }
    }

    private func write(_ report: CheckReport, to path: String) throws {
        let text = Array(report.json.bytes) + [UInt8(ascii: "\n")]
        guard FileManager.default.createFile(atPath: path, contents: Data(text)) else {
            throw CommandFailure("The report cannot be written to \(path).")
        }
    }
}
