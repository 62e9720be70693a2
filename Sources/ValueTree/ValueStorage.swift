import CPostilPlugin
import Glibc

/// A checked arena and the names of its stream.
///
/// Nothing changes after `init`, so every thread may read it at any time.
@safe final class ValueStorage: @unchecked Sendable {
    let arena: UnsafePointer<UInt8>
    let byteCount: Int
    let keys: ValueKeys
    let keyCount: UInt32

    /// Takes memory over that `malloc` gave.
    init(taking arena: UnsafeMutablePointer<UInt8>, byteCount: Int, keys: ValueKeys) {
        unsafe self.arena = unsafe UnsafePointer(arena)
        self.byteCount = byteCount
        self.keys = keys
        keyCount = keys.count
    }

    deinit {
        unsafe free(UnsafeMutablePointer(mutating: arena))
    }

    /// The arena as the C functions and plugins see it.
    ///
    /// - Parameter sequence: Its place in its stream.
    /// - Returns: Pointers that are valid as long as this object.
    func batch(sequence: Int = 0) -> postil_batch_t {
        unsafe postil_batch_t(
            size: UInt32(MemoryLayout<postil_batch_t>.size),
            key_count: keyCount,
            arena_borrowed: arena,
            arena_size: UInt64(byteCount),
            key_names_borrowed: keys.names,
            sequence: UInt64(sequence)
        )
    }

    /// The node at an offset that came from this arena.
    func node(_ offset: Int) -> UnsafePointer<postil_node_t> {
        unsafe UnsafeRawPointer(arena + offset).assumingMemoryBound(to: postil_node_t.self)
    }

    /// The offset of a node of this arena.
    func offset(_ node: UnsafePointer<postil_node_t>) -> Int {
        unsafe UnsafeRawPointer(node) - UnsafeRawPointer(arena)
    }
}
