import CPostilPlugin
import Contracts

/// The table of sinks that one exporter writes to, and the checks between it and the host.
///
/// Lives until the instance is closed. Called on the instance's thread only, from inside the
/// plugin; proof for `@unchecked Sendable`.
@safe final class SinkBridge: @unchecked Sendable {
    let table: UnsafeMutablePointer<postil_sinks_t>
    /// Where the exporter gets media from.
    let media: (any MediaSource)?
    /// The first failure of the host's side; it is the cause of what the plugin then reports.
    private(set) var failure: PluginError?
    /// The clock of the running call.
    var clock: CallClock?

    private let plugin: PluginVersion
    private let ledger: SinkLedger
    private let isGivenUp: @Sendable () -> Bool
    private var lastNumber: UInt64 = 0
    private var isClosed = false

    init(
        plugin: PluginVersion,
        sink: any ExportSink,
        byteLimit: Int64,
        isGivenUp: @escaping @Sendable () -> Bool
    ) {
        self.plugin = plugin
        self.isGivenUp = isGivenUp
        media = sink.media
        ledger = SinkLedger(plugin: plugin, sink: sink, byteLimit: byteLimit)
        unsafe table = .allocate(capacity: 1)
        unsafe table.initialize(to: postil_sinks_t())
        unsafe table.pointee.size = UInt32(MemoryLayout<postil_sinks_t>.size)
        unsafe table.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        unsafe table.pointee.sink_open = { context, name, mediaType, number, error in
            unsafe SinkBridge.from(context).answer(error) { (bridge) throws(PluginError) in
                guard let number = unsafe number else {
                    throw bridge.ledger.refusal(
                        "sink_open needs a place for the number of the sink."
                    )
                }
                unsafe number.pointee = try bridge.begin(name, mediaType)
            }
        }
        unsafe table.pointee.sink_write = { context, number, bytes, error in
            unsafe SinkBridge.from(context).answer(error) { (bridge) throws(PluginError) in
                try unsafe bridge.ledger.write(UnsafeRawBufferPointer(bytes.buffer), to: number)
            }
        }
        unsafe table.pointee.sink_close = { context, number, error in
            unsafe SinkBridge.from(context).answer(error) { (bridge) throws(PluginError) in
                try bridge.ledger.close(number)
            }
        }
    }

    deinit { unsafe table.deallocate() }

    /// Completes the files that the plugin left open, in the order they were opened.
    func closeAll() throws(PluginError) {
        try ledger.closeAll()
    }

    /// Refuses everything from now on.
    func shut() { isClosed = true }

    @unsafe private static func from(_ context: UnsafeMutableRawPointer?) -> SinkBridge? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<SinkBridge>.fromOpaque(context).takeUnretainedValue()
    }

    private func begin(_ name: postil_bytes_t, _ mediaType: postil_bytes_t)
        throws(PluginError) -> UInt64
    {
        guard let name = unsafe name.checkedText, let mediaType = unsafe mediaType.checkedText
        else {
            throw ledger.refusal("The name or media type of a file is not UTF-8.")
        }
        lastNumber += 1
        try ledger.open(lastNumber, name: name, mediaType: mediaType)
        return lastNumber
    }
}

extension SinkBridge? {
    /// Runs one operation of a sink off the plugin's clock and reports how it went.
    @unsafe fileprivate func answer(
        _ error: UnsafeMutablePointer<postil_error_t>?,
        _ body: (SinkBridge) throws(PluginError) -> Void
    ) -> postil_status_t {
        guard let bridge = self else { return Int32(POSTIL_ERROR_INVALID_ARGUMENT) }
        guard let failure = bridge.run(body) else { return Int32(POSTIL_OK) }
        return unsafe postil_fail(
            error,
            Int32(POSTIL_ERROR_IO),
            failure.code.rawValue,
            failure.message
        )
    }
}

extension SinkBridge {
    /// - Returns: What went wrong; the first failure stays and answers all that follows.
    fileprivate func run(_ body: (SinkBridge) throws(PluginError) -> Void) -> PluginError? {
        guard let clock else { return runNow(body) }
        return clock.inHost { runNow(body) }
    }

    private func runNow(_ body: (SinkBridge) throws(PluginError) -> Void) -> PluginError? {
        if isClosed || isGivenUp() {
            return PluginError(.sinkFailed, "The export has ended.", plugin: plugin)
        }
        if let failure { return failure }
        do throws(PluginError) {
            try body(self)
            return nil
        } catch {
            failure = error
            return error
        }
    }
}
