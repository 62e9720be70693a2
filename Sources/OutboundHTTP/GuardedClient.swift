import AsyncHTTPClient
public import Contracts
import NIOCore
import NIOHTTP1

/// AsyncHTTPClient behind the guard of addresses.
///
/// 1. Made once by the composition root, with the networks that the administrator allowed.
/// 2. Used by anyone, from any thread.
/// 3. ``close()`` ends its connections.
public final class GuardedClient: OutboundClient {
    private static let maxRedirects = 5

    private let addresses: AddressGuard
    private let pool = ClientPool()

    /// - Parameter allowed: Networks such as `127.0.0.0/8`, or single addresses; nil in place of a
    ///   client when one of them cannot be read.
    public init?(allowed: [String]) {
        let ranges = allowed.compactMap { AddressRange($0) }
        guard ranges.count == allowed.count else { return nil }
        addresses = AddressGuard(allowed: ranges)
    }

    public func close() async { await pool.close() }

    public func check(_ url: String) async throws(OutboundError) {
        do {
            _ = try await addresses.address(of: try WebAddress(url).host)
        } catch {
            if error.code != .nameUnknown { throw error }
        }
    }

    public func send(_ request: OutboundRequest) async throws(OutboundError) -> OutboundResponse {
        let exchange = try await start(request)
        do {
            var body: [UInt8] = []
            for try await buffer in exchange.response.body {
                body += buffer.readableBytesView
                guard body.count <= request.maxResponseBytes else {
                    throw OutboundError(
                        .answerTooLarge,
                        "The answer of \(exchange.key.host) has more than "
                            + "\(request.maxResponseBytes) bytes."
                    )
                }
            }
            await pool.release(exchange.key)
            var answer = exchange.head
            answer.body = body
            return answer
        } catch {
            await pool.release(exchange.key)
            throw Self.told(error, host: exchange.key.host)
        }
    }

    public func open(_ request: OutboundRequest) async throws(OutboundError) -> OutboundStream {
        let exchange = try await start(request, limitsBody: false)
        let lease = ClientLease(pool: pool, key: exchange.key)
        return OutboundStream(
            head: exchange.head,
            chunks: ResponseChunks(body: exchange.response.body, lease: lease)
        )
    }

    // MARK: Parts

    private struct Exchange {
        let key: ClientPool.Key
        let response: HTTPClientResponse

        var head: OutboundResponse {
            OutboundResponse(
                status: Int(response.status.code),
                headers: response.headers.map { ($0.name.lowercased(), $0.value) }
            )
        }
    }

    /// Sends the request and follows its redirects; whoever gets the exchange releases its client.
    private func start(
        _ request: OutboundRequest,
        limitsBody: Bool = true
    ) async throws(OutboundError) -> Exchange {
        let deadline = NIODeadline.now() + TimeAmount(request.timeout)
        var address = try WebAddress(request.url)
        var headers = HTTPHeaders(request.headers.map { ($0.name, $0.value) })
        for _ in 0...Self.maxRedirects {
            let key = ClientPool.Key(
                host: address.host,
                address: try await addresses.address(of: address.host)
            )
            let response = try await ask(request, address, headers, key, deadline, limitsBody)
            guard let location = Self.redirect(response, of: request) else {
                return Exchange(key: key, response: response)
            }
            await pool.release(key)
            let next = try address.resolving(location)
            if !next.hasSameOrigin(as: address) {
                // Secrets for one server are nobody else's.
                for name in ["Authorization", "Cookie", "Proxy-Authorization"] {
                    headers.remove(name: name)
                }
            }
            address = next
        }
        throw OutboundError(
            .tooManyRedirects,
            "\(address.host) redirects more than \(Self.maxRedirects) times."
        )
    }

    private func ask(
        _ request: OutboundRequest,
        _ address: WebAddress,
        _ headers: HTTPHeaders,
        _ key: ClientPool.Key,
        _ deadline: NIODeadline,
        _ limitsBody: Bool
    ) async throws(OutboundError) -> HTTPClientResponse {
        guard let client = await pool.take(key) else {
            throw OutboundError(.unreachable, "The server is stopping.")
        }
        do {
            var outgoing = HTTPClientRequest(url: address.text)
            outgoing.method = HTTPMethod(rawValue: request.method.rawValue)
            outgoing.headers = headers
            if !request.body.isEmpty { outgoing.body = .bytes(ByteBuffer(bytes: request.body)) }
            // AsyncHTTPClient's deadline covers the body too, which a stream may take longer for.
            guard !limitsBody else { return try await client.execute(outgoing, deadline: deadline) }
            return try await Self.head(of: outgoing, client, deadline)
        } catch {
            await pool.release(key)
            throw Self.told(error, host: key.host)
        }
    }

    /// Sends a request whose body may take as long as it takes, once the head has come in time.
    private static func head(
        of request: HTTPClientRequest,
        _ client: HTTPClient,
        _ deadline: NIODeadline
    ) async throws -> HTTPClientResponse {
        try await withThrowingTaskGroup(of: HTTPClientResponse.self) { group in
            group.addTask { try await client.execute(request, deadline: .distantFuture) }
            group.addTask {
                let left = deadline - .now()
                try await Task.sleep(for: .nanoseconds(max(0, left.nanoseconds)))
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw HTTPClientError.cancelled }
            return first
        }
    }

    /// Where an answer sends the request, when it may be sent again.
    private static func redirect(
        _ response: HTTPClientResponse,
        of request: OutboundRequest
    ) -> String? {
        let isReading = request.method == .get || request.method == .head
        switch response.status.code {
        case 301, 302, 303: return isReading ? response.headers.first(name: "Location") : nil
        case 307, 308: return response.headers.first(name: "Location")
        default: return nil
        }
    }

    private static let timeouts: [HTTPClientError] = [
        .connectTimeout, .deadlineExceeded, .readTimeout, .writeTimeout, .tlsHandshakeTimeout,
        .getConnectionFromPoolTimeout,
    ]

    private static func told(_ error: any Error, host: String) -> OutboundError {
        switch error {
        case let error as OutboundError: return error
        case let error as HTTPClientError where timeouts.contains(error):
            return OutboundError(
                .timedOut,
                "\(host) did not answer in time.",
                cause: String(describing: error)
            )
        default:
            return OutboundError(
                .unreachable,
                "\(host) cannot be reached.",
                cause: String(describing: error)
            )
        }
    }
}

extension TimeAmount {
    fileprivate init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        self = .nanoseconds(seconds * 1_000_000_000 + attoseconds / 1_000_000_000)
    }
}
