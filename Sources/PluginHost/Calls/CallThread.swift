import Contracts
import Glibc

/// A thread of its own that runs blocks one after the other, in the order they were given.
///
/// Plugins are called here and not on the cooperative pool: a call that blocks, or never comes
/// back, must not take one of the few threads that all requests share.
///
/// 1. ``run(_:)`` any number of times.
/// 2. ``retire()`` lets the thread end when its blocks are done. A block that never returns keeps
///    the thread, and everything the block holds, until the process ends; nothing else waits for it.
///
/// Proof for `@unchecked Sendable`: everything mutable is read and written under `mutex`.
@safe final class CallThread: @unchecked Sendable {
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let wake: UnsafeMutablePointer<pthread_cond_t>
    private var blocks: [@Sendable () -> Void] = []
    private var isRetired = false

    /// - Throws: `call_failed` when the system gives no thread.
    init() throws(PluginError) {
        unsafe mutex = .allocate(capacity: 1)
        unsafe wake = .allocate(capacity: 1)
        unsafe pthread_mutex_init(mutex, nil)
        unsafe pthread_cond_init(wake, nil)
        try start()
    }

    deinit {
        unsafe pthread_cond_destroy(wake)
        unsafe pthread_mutex_destroy(mutex)
        unsafe wake.deallocate()
        unsafe mutex.deallocate()
    }

    func run(_ block: @escaping @Sendable () -> Void) {
        unsafe pthread_mutex_lock(mutex)
        blocks.append(block)
        unsafe pthread_cond_signal(wake)
        unsafe pthread_mutex_unlock(mutex)
    }

    func retire() {
        unsafe pthread_mutex_lock(mutex)
        isRetired = true
        unsafe pthread_cond_signal(wake)
        unsafe pthread_mutex_unlock(mutex)
    }

    private func start() throws(PluginError) {
        let attributes = UnsafeMutablePointer<pthread_attr_t>.allocate(capacity: 1)
        defer { unsafe attributes.deallocate() }
        unsafe pthread_attr_init(attributes)
        // Plugins are written for a main thread's stack, not for the 512 KiB of a pool's thread.
        unsafe pthread_attr_setstacksize(attributes, 8 * 1024 * 1024)
        unsafe pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
        var thread = pthread_t()
        let context = unsafe Unmanaged.passRetained(self).toOpaque()
        let status = unsafe pthread_create(
            &thread,
            attributes,
            { context in
                guard let context = unsafe context else { return nil }
                unsafe Unmanaged<CallThread>.fromOpaque(context).takeRetainedValue().work()
                return nil
            },
            context
        )
        unsafe pthread_attr_destroy(attributes)
        guard status == 0 else {
            unsafe Unmanaged<CallThread>.fromOpaque(context).release()
            throw PluginError(
                .callFailed,
                "The system gives no thread for the plugin (error \(status)).",
                hint: "Raise the limit of threads or end other work."
            )
        }
    }

    private func work() {
        while let block = next() { block() }
    }

    private func next() -> (@Sendable () -> Void)? {
        unsafe pthread_mutex_lock(mutex)
        defer { unsafe pthread_mutex_unlock(mutex) }
        while blocks.isEmpty && !isRetired { unsafe pthread_cond_wait(wake, mutex) }
        return blocks.isEmpty ? nil : blocks.removeFirst()
    }
}
