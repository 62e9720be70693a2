package import Hummingbird
package import Logging
package import NIOCore

/// What Hummingbird carries along with a request.
package struct APIContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The other end of the connection: the client, or a proxy before it.
    let peer: SocketAddress?

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress
    }

    /// For a request that came over no connection, as tests make them.
    package init(logger: Logger, peer: SocketAddress?) {
        coreContext = CoreRequestContextStorage(source: DetachedSource(logger: logger))
        self.peer = peer
    }

    private struct DetachedSource: RequestContextSource {
        let logger: Logger
    }
}
