/// Bytes on their way in, in chunks of any size.
public typealias ByteStream = any AsyncSequence<[UInt8], any Error> & Sendable

extension AsyncSequence where Self: Sendable, Element == [UInt8], Failure == any Error {
    /// Hands each chunk on as it comes, and tells a broken connection in the service's words.
    func forEachChunk(
        _ body: (_ chunk: [UInt8]) async throws(ServiceError) -> Void
    ) async throws(ServiceError) {
        do {
            for try await chunk in self where !chunk.isEmpty { try await body(chunk) }
        } catch let error as ServiceError {
            throw error
        } catch {
            var failure = ServiceError(
                .invalid,
                "body_interrupted",
                "The request's body ended before its end."
            )
            failure.cause = String(describing: error)
            throw failure
        }
    }
}

/// The bytes of a file, read when asked for.
struct FileBytes: AsyncSequence, Sendable {
    let path: String

    func makeAsyncIterator() -> Iterator { Iterator(path: path) }

    struct Iterator: AsyncIteratorProtocol {
        let path: String
        private var file: FileDescriptor?

        init(path: String) { self.path = path }

        mutating func next() async throws -> [UInt8]? {
            let file = try self.file ?? FileDescriptor.reading(path)
            self.file = file
            let chunk = try file.read(256 << 10)
            return chunk.isEmpty ? nil : chunk
        }
    }
}

/// Bytes that are all there.
struct OneChunk: AsyncSequence, Sendable {
    typealias Failure = any Error

    let bytes: [UInt8]

    func makeAsyncIterator() -> Iterator { Iterator(bytes: bytes) }

    struct Iterator: AsyncIteratorProtocol {
        var bytes: [UInt8]?

        mutating func next() async throws -> [UInt8]? { bytes.take() }
    }
}
