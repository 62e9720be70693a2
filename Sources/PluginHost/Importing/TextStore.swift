import CPostilPlugin

/// Texts at addresses that do not change as long as the store lives.
@safe final class TextStore: Sendable {
    /// Written in `init` and never again.
    private nonisolated(unsafe) let memory: UnsafeMutableBufferPointer<UInt8>
    /// Where each text begins; one more than there are texts.
    private let starts: [Int]

    init(_ texts: [String]) {
        var starts = [0]
        starts.reserveCapacity(texts.count + 1)
        for text in texts { starts.append(starts[starts.count - 1] + text.utf8.count) }
        let memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: starts[starts.count - 1])
        for (index, text) in texts.enumerated() {
            _ = unsafe UnsafeMutableBufferPointer(rebasing: memory[starts[index]...])
                .initialize(from: text.utf8)
        }
        unsafe self.memory = unsafe memory
        self.starts = starts
    }

    deinit { unsafe memory.deallocate() }

    /// Valid as long as the store.
    @unsafe subscript(index: Int) -> postil_bytes_t {
        let count = starts[index + 1] - starts[index]
        let start = unsafe memory.baseAddress.map { unsafe $0 + starts[index] }
        return unsafe postil_bytes_t(bytes: start, count: UInt64(count))
    }
}
