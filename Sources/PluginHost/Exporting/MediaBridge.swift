import CPostilPlugin
import Contracts
import Glibc

/// Gives an exporter the media of its tasks.
///
/// Lives until the instance is closed. Called on the instance's thread only, from inside the
/// plugin; proof for `@unchecked Sendable`.
@safe final class MediaBridge: @unchecked Sendable {
    private static let maximumOpen = 64

    let table: UnsafeMutablePointer<postil_media_t>
    /// The clock of the running call: fetching is not the plugin's time.
    var clock: CallClock?

    private let source: any MediaSource
    private var open: Set<Int32> = []

    init(_ source: any MediaSource) {
        self.source = source
        unsafe table = .allocate(capacity: 1)
        unsafe table.initialize(to: postil_media_t())
        unsafe table.pointee.size = UInt32(MemoryLayout<postil_media_t>.size)
        unsafe table.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        unsafe table.pointee.media_open = { context, reference, descriptor, byteCount, error in
            guard let bridge = unsafe MediaBridge.from(context), let descriptor = unsafe descriptor,
                let byteCount = unsafe byteCount
            else { return Int32(POSTIL_ERROR_INVALID_ARGUMENT) }
            guard let text = unsafe reference.checkedText, let file = bridge.begin(text) else {
                return unsafe postil_fail(
                    error,
                    Int32(POSTIL_ERROR_UNSUPPORTED),
                    "media_missing",
                    "The host does not give this file."
                )
            }
            unsafe descriptor.pointee = file.descriptor
            unsafe byteCount.pointee = UInt64(max(file.byteCount, 0))
            return Int32(POSTIL_OK)
        }
        unsafe table.pointee.media_close = { context, descriptor in
            unsafe MediaBridge.from(context)?.end(descriptor)
        }
    }

    deinit {
        for descriptor in open { close(descriptor) }
        unsafe table.deallocate()
    }

    @unsafe private static func from(_ context: UnsafeMutableRawPointer?) -> MediaBridge? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<MediaBridge>.fromOpaque(context).takeUnretainedValue()
    }

    private func begin(_ reference: String) -> OpenedMedia? {
        guard open.count < Self.maximumOpen else { return nil }
        let file = clock.map { $0.inHost { source.open(reference) } } ?? source.open(reference)
        if let file { open.insert(file.descriptor) }
        return file
    }

    private func end(_ descriptor: Int32) {
        // Only what was given here: the plugin's word alone closes no descriptor of the host.
        if open.remove(descriptor) != nil { close(descriptor) }
    }
}
