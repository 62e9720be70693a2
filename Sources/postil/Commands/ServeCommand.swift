internal import ArgumentParser
internal import Contracts
internal import FoundationEssentials
internal import HTTPAPI
internal import LabelingService
internal import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// `postil serve`: the daemon.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the daemon until SIGTERM or SIGINT.",
        discussion: """
            When it accepts connections it prints one line on standard output: \
            “listening on http://HOST:PORT”. Its log goes to standard error.

            Every option can be set by a variable too, such as POSTIL_DATA_DIR for --data-dir \
            (lists with commas), or in the file that --config names.
            """
    )

    @OptionGroup var options: ServeOptions

    func run() async throws {
        let settings = try await SettingsReader(
            options,
            environment: ProcessInfo.processInfo.environment
        ).settings()
        let logger = Self.logger(level: settings.logLevel)
        try await Workplace.with(settings, logger: logger) { workplace in
            let lock = try ServeLock(path: settings.dataDirectory.lock)
            try await Self.greet(settings, workplace.service, logger)
            try await workplace.service.resumeJobs()
            try await Self.serve(settings, workplace.service, logger)
            _ = consume lock
        }
    }

    private static func serve(
        _ settings: Settings,
        _ service: LabelingService,
        _ logger: Logger
    ) async throws {
        let host = settings.host.contains(":") ? "[\(settings.host)]" : settings.host
        let server: HTTPServer
        do {
            server = try HTTPServer(
                settings: APISettings(settings),
                service: service,
                logger: logger
            ) { port in
                Terminal.print("listening on http://\(host):\(port)")
            }
        } catch {
            throw CommandFailure(
                "The web app's files in \(settings.webDirectory) cannot be read.",
                hint: "Name their folder with --web-dir."
            )
        }
        var services: [any Service] = [
            server, PluginWatchService(watch: service.plugins.watch),
            CourierService(courier: service.courier), TrashService(trash: service.trash),
        ]
        if !settings.pluginDevelopment.isEmpty {
            services.append(
                PluginDevelopment(settings, plugins: service.plugins, logger: logger)
            )
        }
        var configuration = ServiceGroupConfiguration(
            services: services,
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // A client that stops reading must not keep the daemon from ending.
        configuration.maximumGracefulShutdownDuration = .seconds(30)
        let group = ServiceGroup(configuration: configuration)
        do {
            try await group.run()
        } catch {
            throw CommandFailure(
                "The server on \(host):\(settings.port) could not go on: \(error)",
                hint: "If the address is in use, choose another --port; 0 takes a free one."
            )
        }
    }

    /// Says what a person who starts the daemon should know.
    private static func greet(
        _ settings: Settings,
        _ service: LabelingService,
        _ logger: Logger
    ) async throws {
        if try await !service.accounts.hasUsers() {
            logger.notice(
                "There is no user yet. Make the administrator with: postil user create --data-dir \(settings.dataDirectory.path) --email YOU@EXAMPLE.ORG --role administrator --password-stdin"
            )
        }
        if !settings.isLoopback, settings.publicURL?.lowercased().hasPrefix("https://") != true {
            logger.warning(
                "Listening on \(settings.host) without https: passwords and tokens cross the network readable. Put a TLS proxy in front and name its address with --public-url."
            )
        }
    }

    private static func logger(level: Logger.Level) -> Logger {
        var logger = Logger(label: "postil") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = level
        return logger
    }
}

extension APISettings {
    fileprivate init(_ settings: Settings) {
        self.init(
            host: settings.host,
            port: settings.port,
            version: PostilVersion.text,
            publicURL: settings.publicURL,
            trustedProxies: settings.trustedProxies,
            webDirectory: settings.webDirectory,
            maxTaskBytes: settings.maxTaskBytes,
            isTestMode: settings.isTestMode,
            isPluginDevelopment: !settings.pluginDevelopment.isEmpty
        )
    }
}
