internal import Hummingbird
internal import LabelingService
internal import NIOCore

/// Reads a multipart body part by part, as fast as the reader of each part is.
///
/// 1. ``nextPart()``, until it returns nil.
/// 2. For each part, ``bytes()`` at most once; what is not read is passed over.
actor MultipartReader {
    private var body: RequestBody.AsyncIterator
    private var parser: MultipartParser
    private var events: ArraySlice<MultipartParser.Event> = []
    private var hasEnded = false

    /// - Throws: ``APIError`` 400 when the content type names no boundary.
    init(_ call: Call) throws {
        let contentType = HeaderValue(call.request.headers[.contentType] ?? "")
        guard let boundary = contentType.parameters["boundary"] else {
            throw APIError(
                .badRequest,
                "multipart_invalid",
                "The content type of the multipart body names no boundary."
            )
        }
        parser = try MultipartParser(boundary: boundary)
        body = call.request.body.makeAsyncIterator()
    }

    /// The next part, or nil at the end of the body.
    func nextPart() async throws -> MultipartPart? {
        while let event = try await nextEvent() {
            if case .partBegan(let part) = event { return part }
        }
        return nil
    }

    /// The bytes of the part that ``nextPart()`` returned last.
    nonisolated func bytes() -> PartBytes { PartBytes(reader: self) }

    /// The next bytes of the part, or nil at its end.
    fileprivate func nextBytes() async throws -> [UInt8]? {
        while let event = try await nextEvent() {
            switch event {
            case .partBytes(let bytes): return bytes
            case .partEnded: return nil
            case .partBegan: continue
            }
        }
        return nil
    }

    private func nextEvent() async throws -> MultipartParser.Event? {
        while events.isEmpty, !hasEnded {
            var iterator = body
            let chunk = try await iterator.next(isolation: self)
            body = iterator
            if let chunk {
                events = try parser.parse(chunk.readableBytesView)[...]
            } else {
                try parser.finish()
                hasEnded = true
            }
        }
        return events.popFirst()
    }

    /// The bytes of one part.
    struct PartBytes: AsyncSequence, Sendable {
        typealias Element = [UInt8]
        typealias Failure = any Error

        fileprivate let reader: MultipartReader

        struct AsyncIterator: AsyncIteratorProtocol {
            fileprivate let reader: MultipartReader
            private var hasEnded = false

            fileprivate init(reader: MultipartReader) { self.reader = reader }

            mutating func next() async throws -> [UInt8]? {
                guard !hasEnded else { return nil }
                let bytes = try await reader.nextBytes()
                hasEnded = bytes == nil
                return bytes
            }
        }

        func makeAsyncIterator() -> AsyncIterator { AsyncIterator(reader: reader) }
    }
}
