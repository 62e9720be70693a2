import Contracts
import Synchronization

/// Counts what an export writes and keeps nothing.
final class CountingSink: ExportSink {
    let media: (any MediaSource)? = nil
    private let state = Mutex((files: Int32(0), bytes: 0))

    var byteCount: Int { state.withLock { $0.bytes } }

    func open(name: String, mediaType: String) throws(PluginError) -> Int32 {
        state.withLock { state in
            state.files += 1
            return state.files
        }
    }

    func write(_ bytes: UnsafeRawBufferPointer, to file: Int32) throws(PluginError) {
        let count = bytes.count
        state.withLock { $0.bytes += count }
    }

    func close(_ file: Int32) throws(PluginError) {}
}
