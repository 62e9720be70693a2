internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// Tells the client's address, believing forwarded headers only from listed proxies.
struct ClientAddress: Sendable {
    /// IP addresses of proxies before this server.
    let trustedProxies: Set<String>

    /// The nearest address in the chain that is no trusted proxy.
    func of(_ request: Request, context: APIContext) -> String {
        var address = context.peer?.ipAddress ?? "unknown"
        var chain =
            request.headers[values: .forwardedFor]
            .flatMap { $0.split(separator: ",") }
            .map { $0.trimmingSpaces() }
        while trustedProxies.contains(address), let previous = chain.popLast() {
            address = previous
        }
        return address
    }
}
