import Contracts
import LabelModel
import Synchronization

/// Packs the files that an exporter writes into one ZIP archive that goes out as it grows.
///
/// A file goes into the archive when it is closed. One that grows beyond a limit goes in as it is
/// written, and those that end meanwhile wait for it, because an archive has one end to write at.
final class ArchiveSink: ExportSink {
    fileprivate struct State {
        var zip: ZipWriter
        var out: [UInt8] = []
        var names: [Int32: String] = [:]
        var buffers: [Int32: [UInt8]] = [:]
        var taken: Set<String> = []
        var nextFile: Int32 = 0
        /// The file that goes into the archive as it is written.
        var streamed: Int32?
        /// Files that ended while another one was streamed.
        var waiting: [(name: String, bytes: [UInt8])] = []
        var heldBytes = 0
    }

    /// From this size a file is no longer held back until its end.
    private static let streamedFromBytes = 4 << 20
    /// Bytes of all files held back together.
    private static let maxHeldBytes = 256 << 20

    let media: (any MediaSource)?
    private let channel: ChunkChannel
    private let state: Mutex<State>

    init(channel: ChunkChannel, createdAt: Timestamp, media: (any MediaSource)? = nil) {
        self.channel = channel
        self.media = media
        state = Mutex(State(zip: ZipWriter(createdAt: createdAt)))
    }

    func open(name: String, mediaType: String) throws(PluginError) -> Int32 {
        let file = state.withLock { state -> Int32? in
            guard state.taken.insert(name).inserted else { return nil }
            state.nextFile += 1
            state.names[state.nextFile] = name
            state.buffers[state.nextFile] = []
            return state.nextFile
        }
        guard let file else {
            throw PluginError(.answerInvalid, "The exporter opened \"\(name)\" twice.")
        }
        return file
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(PluginError) {
        try perform { state throws(PluginError) in
            guard state.buffers[file] != nil else { throw .closedFile }
            if state.streamed == file {
                unsafe state.zip.append(bytes)
                unsafe state.out.append(contentsOf: bytes)
            } else {
                unsafe state.buffers[file]?.append(contentsOf: bytes)
                state.heldBytes += bytes.count
                state.streamIfLarge(file, from: Self.streamedFromBytes)
            }
            guard state.heldBytes <= Self.maxHeldBytes else {
                throw PluginError(
                    .sinkFailed,
                    "The exporter keeps more than 256 MiB of files open at once.",
                    hint: "Close each file before the next one is begun."
                )
            }
        }
    }

    func close(_ file: Int32) throws(PluginError) {
        try perform { state throws(PluginError) in
            guard state.close(file) else { throw .closedFile }
        }
    }

    /// Ends the archive.
    ///
    /// Files that the exporter left open end here.
    func finish() throws(PluginError) {
        try perform { state throws(PluginError) in
            for file in state.buffers.keys.sorted() { _ = state.close(file) }
            state.out.append(contentsOf: state.zip.finish())
        }
        let rest = state.withLock { $0.takeOut() }
        guard channel.send(rest) else { throw .receiverGone }
    }

    /// Changes the state, then sends what became a whole chunk, without holding the lock.
    private func perform(
        _ change: (inout sending State) throws(PluginError) -> Void
    ) throws(PluginError) {
        let result = state.withLock { state -> Result<[UInt8]?, PluginError> in
            do throws(PluginError) {
                try change(&state)
            } catch {
                return .failure(error)
            }
            let isFull = state.out.count >= SingleFileSink.chunkBytes
            return .success(isFull ? state.takeOut() : nil)
        }
        if let chunk = try result.get(), !channel.send(chunk) { throw .receiverGone }
    }
}

extension ArchiveSink.State {
    fileprivate mutating func takeOut() -> [UInt8] {
        var taken: [UInt8] = []
        swap(&taken, &out)
        return taken
    }

    fileprivate mutating func streamIfLarge(_ file: Int32, from limit: Int) {
        guard streamed == nil, let bytes = buffers[file], bytes.count >= limit else { return }
        streamed = file
        heldBytes -= bytes.count
        buffers[file] = []
        out.append(contentsOf: zip.begin(names[file] ?? ""))
        unsafe bytes.withUnsafeBytes { unsafe zip.append($0) }
        out.append(contentsOf: bytes)
    }

    /// - Returns: False when the file is not open.
    fileprivate mutating func close(_ file: Int32) -> Bool {
        guard let name = names.removeValue(forKey: file),
            let bytes = buffers.removeValue(forKey: file)
        else { return false }
        if streamed == file {
            out.append(contentsOf: zip.end())
            streamed = nil
            for file in waiting { out.append(contentsOf: zip.file(file.name, file.bytes)) }
            heldBytes -= waiting.reduce(0) { $0 + $1.bytes.count }
            waiting.removeAll()
        } else if streamed != nil {
            waiting.append((name, bytes))
        } else {
            heldBytes -= bytes.count
            out.append(contentsOf: zip.file(name, bytes))
        }
        return true
    }
}
