import CPluginWire
import Contracts
import Glibc

/// Memory in which the host hands arenas to a worker, sealed against writes by anyone else.
///
/// Used on the worker's thread only; proof for `@unchecked Sendable`.
@safe final class InputSlot: @unchecked Sendable {
    private static let smallest = 1 << 20

    private let memory: UnsafeMutableRawPointer
    private let byteCount: Int
    /// To be sent once; closed by ``sent()``.
    private(set) var descriptor: Int32

    /// Makes a slot that holds so many bytes, or a few more.
    init(holding byteCount: Int) throws(PluginError) {
        var size = Self.smallest
        while size < byteCount { size *= 2 }
        self.byteCount = size
        descriptor = try WireFailure.check(
            unsafe postil_wire_memory("postil-input", UInt64(size))
        )
        guard let memory = unsafe postil_wire_map(descriptor, UInt64(size), 1) else {
            WireFailure.close(descriptor)
            throw WireFailure.error(ENOMEM)
        }
        unsafe self.memory = unsafe memory
        // The mapping above stays writable; every later one is not.
        _ = try WireFailure.check(postil_wire_seal_writes(descriptor))
    }

    deinit {
        unsafe postil_wire_unmap(memory, UInt64(byteCount))
        WireFailure.close(descriptor)
    }

    func holds(_ count: Int) -> Bool { count <= byteCount }

    func sent() {
        WireFailure.close(descriptor)
        descriptor = -1
    }

    @unsafe func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) {
        guard let start = bytes.baseAddress else { return }
        unsafe (memory + offset).copyMemory(from: start, byteCount: bytes.count)
    }
}
