/// A request that the daemon sends to somebody else's server.
public struct OutboundRequest: Sendable {
    public enum Method: String, Hashable, Sendable {
        case get = "GET"
        case head = "HEAD"
        case post = "POST"
        case put = "PUT"
        case delete = "DELETE"
    }

    public var method: Method
    /// Absolute, `http` or `https`.
    public var url: String
    /// In the order in which they are sent; `Host` and the length of the body are added.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]
    /// From the start to the end of the answer, redirects included.
    public var timeout: Duration
    /// An answer with more bytes than this is given up.
    public var maxResponseBytes: Int

    public init(
        _ method: Method,
        _ url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        timeout: Duration = .seconds(10),
        maxResponseBytes: Int = 1 << 20
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maxResponseBytes = maxResponseBytes
    }
}

/// What somebody else's server answered, whatever its status.
public struct OutboundResponse: Sendable {
    public var status: Int
    /// Names in lower case.
    public var headers: [(name: String, value: String)]
    public var body: [UInt8]

    public init(status: Int, headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
        self.status = status
        self.headers = headers
        self.body = body
    }

    public var isSuccess: Bool { (200..<300).contains(status) }

    /// The first header of a name in lower case.
    public func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }
}

/// An answer whose body is read while it comes in.
public struct OutboundStream: Sendable {
    /// Without its body.
    public var head: OutboundResponse
    public var chunks: any AsyncSequence<[UInt8], any Error> & Sendable

    public init(
        head: OutboundResponse,
        chunks: any AsyncSequence<[UInt8], any Error> & Sendable
    ) {
        self.head = head
        self.chunks = chunks
    }
}

/// Why there is no answer.
public struct OutboundError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Code: String, Hashable, Sendable {
        /// It is no absolute `http` or `https` URL.
        case urlInvalid = "url_invalid"
        /// The address belongs to this machine or to a private network, and nobody allowed it.
        case addressRefused = "address_refused"
        case nameUnknown = "name_unknown"
        case unreachable
        case timedOut = "timed_out"
        case answerTooLarge = "answer_too_large"
        case tooManyRedirects = "too_many_redirects"
    }

    public var code: Code
    /// A sentence that a person can act on.
    public var message: String
    /// What the network said, for the log.
    public var cause: String?

    public init(_ code: Code, _ message: String, cause: String? = nil) {
        self.code = code
        self.message = message
        self.cause = cause
    }

    public var description: String {
        cause.map { "\(code.rawValue): \(message) (\($0))" } ?? "\(code.rawValue): \(message)"
    }
}

/// The one way out: everything that the daemon asks of other servers goes through it.
///
/// Whoever writes a URL into a setting must not reach with it what only the daemon's machine can
/// reach. So addresses of this machine and of private networks are refused, also behind a name and
/// behind a redirect, unless the administrator allowed them.
public protocol OutboundClient: Sendable {
    /// Sends a request and reads the whole answer.
    func send(_ request: OutboundRequest) async throws(OutboundError) -> OutboundResponse

    /// Sends a request; the body of the answer comes in chunks, without a limit.
    ///
    /// `request.timeout` counts until the head has come.
    func open(_ request: OutboundRequest) async throws(OutboundError) -> OutboundStream

    /// Checks whether a URL may be asked, without asking it.
    ///
    /// A name that nobody knows at the moment is let through.
    ///
    /// - Throws: ``OutboundError`` `urlInvalid`, `addressRefused`.
    func check(_ url: String) async throws(OutboundError)
}

/// A way out that is closed, for programs that never ask other servers.
public struct ClosedOutbound: OutboundClient {
    public init() {}

    public func send(_ request: OutboundRequest) async throws(OutboundError) -> OutboundResponse {
        throw Self.closed
    }

    public func open(_ request: OutboundRequest) async throws(OutboundError) -> OutboundStream {
        throw Self.closed
    }

    public func check(_ url: String) async throws(OutboundError) { throw Self.closed }

    private static let closed = OutboundError(
        .addressRefused,
        "This program asks no other servers."
    )
}
