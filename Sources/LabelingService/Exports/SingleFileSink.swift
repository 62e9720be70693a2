import Contracts
import Synchronization

/// Takes the one file that an exporter writes and hands it on as it grows.
final class SingleFileSink: ExportSink {
    fileprivate struct State {
        var buffer: [UInt8] = []
        var isOpen = false
        var wasOpened = false
    }

    /// Bytes that are gathered before they go out as one chunk.
    static let chunkBytes = 256 << 10

    let media: (any MediaSource)?
    private let channel: ChunkChannel
    private let state = Mutex(State())

    init(channel: ChunkChannel, media: (any MediaSource)? = nil) {
        self.channel = channel
        self.media = media
    }

    func open(name: String, mediaType: String) throws(PluginError) -> Int32 {
        let isFirst = state.withLock { state in
            defer {
                state.wasOpened = true
                state.isOpen = true
            }
            return !state.wasOpened
        }
        guard isFirst else {
            throw PluginError(
                .answerInvalid,
                "The exporter opened a second file, \"\(name)\".",
                hint: "Leave the extension out of the capability, so that the files are packed."
            )
        }
        return 0
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(PluginError) {
        // Cut, so that one large write of an exporter is not copied as a whole.
        var start = 0
        repeat {
            let end = min(start + Self.chunkBytes, bytes.count)
            let part = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
            try unsafe write(part: part)
            start = end
        } while start < bytes.count
    }

    private func write(part: UnsafeRawBufferPointer) throws(PluginError) {
        let full = state.withLock { state -> [UInt8]? in
            guard state.isOpen else { return [] }
            unsafe state.buffer.append(contentsOf: part)
            return state.buffer.count >= Self.chunkBytes ? state.takeBuffer() : nil
        }
        guard let full else { return }
        guard !full.isEmpty else { throw .closedFile }
        guard channel.send(full) else { throw .receiverGone }
    }

    func close(_ file: Int32) throws(PluginError) {
        let rest = state.withLock { state in
            state.isOpen = false
            return state.takeBuffer()
        }
        guard rest.isEmpty || channel.send(rest) else { throw .receiverGone }
    }
}

extension SingleFileSink.State {
    fileprivate mutating func takeBuffer() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &buffer)
        buffer.reserveCapacity(SingleFileSink.chunkBytes + SingleFileSink.chunkBytes / 4)
        return taken
    }
}

extension PluginError {
    static let receiverGone = PluginError(.sinkFailed, "Nobody reads the export any more.")
    static let closedFile = PluginError(.answerInvalid, "The exporter wrote to a closed file.")
}
