import CPostilPlugin
import ValueTree

/// Lets a plugin intern names while its `open` runs.
///
/// Lives until the instance is closed. Called on the instance's thread only, from inside the
/// plugin; proof for `@unchecked Sendable`.
@safe final class KeyBridge: @unchecked Sendable {
    private static let maximumNames = 1024

    let table: UnsafeMutablePointer<postil_keys_t>
    /// The names of the instance's whole stream.
    let keys = ValueKeys()
    private var remaining = KeyBridge.maximumNames
    private var isOpen = true

    init() {
        unsafe table = .allocate(capacity: 1)
        unsafe table.initialize(to: postil_keys_t())
        unsafe table.pointee.size = UInt32(MemoryLayout<postil_keys_t>.size)
        unsafe table.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        unsafe table.pointee.intern = { context, name in
            guard let context = unsafe context else { return UInt32(POSTIL_KEY_NONE) }
            let bridge = unsafe Unmanaged<KeyBridge>.fromOpaque(context).takeUnretainedValue()
            return unsafe bridge.intern(name)
        }
    }

    deinit { unsafe table.deallocate() }

    /// No more names after `open`: the batches of the stream are being built with these.
    func close() { isOpen = false }

    @unsafe private func intern(_ name: postil_bytes_t) -> UInt32 {
        guard isOpen, remaining > 0, let name = unsafe name.checkedText, let key = keys.intern(name)
        else { return UInt32(POSTIL_KEY_NONE) }
        remaining -= 1
        return UInt32(key)
    }
}
