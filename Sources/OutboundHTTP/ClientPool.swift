import AsyncHTTPClient
import NIOCore

/// Clients by the host that they ask and the address that was checked for it.
///
/// A client is bound to one checked address, which is why there are several; each keeps its
/// connections open for a while.
actor ClientPool {
    struct Key: Hashable {
        let host: String
        let address: NetworkAddress
    }

    private struct Entry {
        let client: HTTPClient
        var users: Int
        var lastUsed: ContinuousClock.Instant
    }

    /// How long a client is kept that nobody uses.
    private static let idleTime = Duration.seconds(60)

    private var entries: [Key: Entry] = [:]
    private var isClosed = false

    /// A client until ``release(_:)``; nil once the pool is closed.
    func take(_ key: Key) async -> HTTPClient? {
        guard !isClosed else { return nil }
        let now = ContinuousClock.now
        let idle = entries.filter { other, entry in
            other != key && entry.users == 0 && entry.lastUsed + Self.idleTime < now
        }
        for (other, entry) in idle {
            entries[other] = nil
            // A connection that does not end in order ends all the same.
            Task { try? await entry.client.shutdown() }
        }
        if var entry = entries[key] {
            entry.users += 1
            entry.lastUsed = now
            entries[key] = entry
            return entry.client
        }
        let client = Self.client(for: key)
        entries[key] = Entry(client: client, users: 1, lastUsed: now)
        return client
    }

    func release(_ key: Key) {
        entries[key]?.users -= 1
        entries[key]?.lastUsed = .now
    }

    func close() async {
        isClosed = true
        for entry in entries.values { try? await entry.client.shutdown() }
        entries.removeAll()
    }

    private static func client(for key: Key) -> HTTPClient {
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.decompression = .disabled
        configuration.httpVersion = .http1Only
        configuration.timeout.connect = .seconds(5)
        configuration.timeout.read = .seconds(60)
        // A refused connection is told at once; whoever asked decides about another try.
        configuration.connectionPool.retryConnectionEstablishment = false
        if NetworkAddress(key.host.trimmingBrackets) == nil {
            configuration.dnsOverride = [key.host: key.address.description]
        }
        return HTTPClient(
            eventLoopGroupProvider: .shared(HTTPClient.defaultEventLoopGroup),
            configuration: configuration
        )
    }
}
