import AsyncHTTPClient
import NIOCore

/// The body of an answer as it comes in; its client is released when nobody reads it any more.
struct ResponseChunks: AsyncSequence, Sendable {
    typealias Element = [UInt8]
    typealias Failure = any Error

    let body: HTTPClientResponse.Body
    let lease: ClientLease

    func makeAsyncIterator() -> Iterator {
        Iterator(chunks: body.makeAsyncIterator(), lease: lease)
    }

    struct Iterator: AsyncIteratorProtocol {
        var chunks: HTTPClientResponse.Body.AsyncIterator
        let lease: ClientLease

        mutating func next() async throws -> [UInt8]? {
            try await chunks.next().map { Array($0.readableBytesView) }
        }
    }
}

/// A client in use; it goes back to its pool with the last reference.
final class ClientLease: Sendable {
    private let pool: ClientPool
    private let key: ClientPool.Key

    init(pool: ClientPool, key: ClientPool.Key) {
        self.pool = pool
        self.key = key
    }

    deinit {
        Task { [pool, key] in await pool.release(key) }
    }
}
