internal import ArgumentParser
internal import FoundationEssentials
internal import Logging

/// On which data a command works, beside a daemon or without one.
struct DataOptions: ParsableArguments {
    @Option(help: "Folder with everything that lasts. (default: data)")
    var dataDir: String?

    @Option(
        help: ArgumentHelp(
            "Database: sqlite:PATH. (default: a file in the data folder)",
            valueName: "url"
        )
    )
    var database: String?

    /// The settings that the daemon would have with the same options and variables.
    func settings() async throws -> Settings {
        // Options are values of a command line, so an empty one is where they begin.
        var options = try ServeOptions.parse([])
        options.dataDir = dataDir
        options.database = database
        return try await SettingsReader(
            options,
            environment: ProcessInfo.processInfo.environment
        ).settings()
    }

    /// Warnings of a command go to standard error; the rest is nobody's business.
    static var logger: Logger {
        var logger = Logger(label: "postil") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        return logger
    }
}
