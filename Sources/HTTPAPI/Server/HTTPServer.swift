internal import Hummingbird
public import LabelingService
public import Logging
internal import NIOCore
internal import NIOPosix
public import ServiceLifecycle

/// The HTTP side of the daemon, as one service.
///
/// 1. Making it reads the web app's files, so that a wrong installation is told at once.
/// 2. `run()` listens until the service group shuts down, lets requests under way finish, and
///    returns.
public struct HTTPServer: Service {
    private let settings: APISettings
    private let responder: APIResponder
    private let logger: Logger
    private let onListening: @Sendable (Int) -> Void

    /// Reads the web app's files, and throws what the file system says when that fails.
    ///
    /// `onListening` is called once with the port, when connections are accepted.
    public init(
        settings: APISettings,
        service: LabelingService,
        logger: Logger,
        onListening: @escaping @Sendable (_ port: Int) -> Void
    ) throws {
        self.settings = settings
        var logger = logger
        logger.handler = DeferredMetadataHandler(logger.handler)
        self.logger = logger
        self.onListening = onListening
        responder = try APIResponder(settings: settings, service: service)
    }

    public func run() async throws {
        let group = MultiThreadedEventLoopGroup(numberOfThreads: Self.eventLoopCount)
        do {
            try await serve(on: group)
        } catch {
            try? await group.shutdownGracefully()
            throw error
        }
        try await group.shutdownGracefully()
    }

    /// Half of the cores: what a request asks for is worked out elsewhere, and one loop that finds
    /// more to do at a time wakes up less often than two that take turns on the same cores.
    private static var eventLoopCount: Int { max(1, System.coreCount / 2) }

    private func serve(on group: any EventLoopGroup) async throws {
        let application = Application(
            responder: responder,
            // A connection that is silent for this long is given up; one that is being answered
            // never is. Uploads may pause while what came is stored.
            server: .http1(configuration: .init(idleTimeout: .seconds(300))),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port),
                backlog: 1024
            ),
            onServerRunning: { [onListening] channel in
                onListening(channel.localAddress?.port ?? 0)
            },
            eventLoopGroupProvider: .shared(group),
            logger: logger
        )
        try await application.run()
    }
}
