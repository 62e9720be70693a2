/// The bytes of an export as they come to be.
///
/// For one reader. It throws when the exporter fails midway: what was read until then is no
/// complete file, so an answer made from it must be cut off and not ended. Whoever stops reading
/// ends the export.
public struct ExportChunks: AsyncSequence, Sendable {
    /// Ends the export when the last one who could read it is gone.
    fileprivate final class Reader: Sendable {
        let channel: ChunkChannel

        init(_ channel: ChunkChannel) { self.channel = channel }

        deinit { channel.abandon() }
    }

    private let reader: Reader

    init(_ channel: ChunkChannel) {
        reader = Reader(channel)
    }

    public func makeAsyncIterator() -> Iterator { Iterator(reader: reader) }

    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let reader: Reader

        public mutating func next() async throws(ServiceError) -> [UInt8]? {
            try await reader.channel.next()
        }
    }
}
