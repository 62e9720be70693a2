import CPostilPlugin
import Synchronization

/// The word that tells a plugin to stop.
///
/// It lies outside of Swift's objects, since the plugin reads it through a pointer while others
/// write it.
@safe final class CancelWord: Sendable {
    /// Only ever read and written as one aligned 32-bit word, which the machine does atomically.
    nonisolated(unsafe) let pointer: UnsafePointer<UInt32>
    private nonisolated(unsafe) let word: UnsafeMutablePointer<UInt32>

    init() {
        unsafe word = .allocate(capacity: 1)
        unsafe word.initialize(to: 0)
        unsafe pointer = UnsafePointer(word)
    }

    deinit { unsafe word.deallocate() }

    func set() { unsafe word.pointee = 1 }
}
