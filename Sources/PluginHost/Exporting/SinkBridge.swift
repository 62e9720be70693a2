import CPostilPlugin
import Contracts

/// The table of sinks that one exporter writes to, and the checks between it and the host.
///
/// Lives until the instance is closed. Called on the instance's thread only, from inside the
/// plugin; proof for `@unchecked Sendable`.
@safe final class SinkBridge: @unchecked Sendable {
    private static let maximumOpen = 256

    let table: UnsafeMutablePointer<postil_sinks_t>
    /// The first failure of the host's side; it is the cause of what the plugin then reports.
    private(set) var failure: PluginError?
    /// The clock of the running call.
    var clock: CallClock?

    private let plugin: PluginVersion
    private let sink: any ExportSink
    private let isGivenUp: @Sendable () -> Bool
    private var remainingBytes: Int64
    private var open: [UInt64: Int32] = [:]
    private var lastNumber: UInt64 = 0
    /// Hashes of all names so far: names of a million files would be a lot to keep.
    private var names: Set<Int> = []
    private var isClosed = false

    init(
        plugin: PluginVersion,
        sink: any ExportSink,
        byteLimit: Int64,
        isGivenUp: @escaping @Sendable () -> Bool
    ) {
        self.plugin = plugin
        self.sink = sink
        self.isGivenUp = isGivenUp
        remainingBytes = byteLimit
        unsafe table = .allocate(capacity: 1)
        unsafe table.initialize(to: postil_sinks_t())
        unsafe table.pointee.size = UInt32(MemoryLayout<postil_sinks_t>.size)
        unsafe table.pointee.context = Unmanaged.passUnretained(self).toOpaque()
        unsafe table.pointee.sink_open = { context, name, mediaType, number, error in
            unsafe SinkBridge.from(context).answer(error) { (bridge) throws(PluginError) in
                guard let number = unsafe number else {
                    throw bridge.refusal("sink_open needs a place for the number of the sink.")
                }
                unsafe number.pointee = try bridge.begin(name, mediaType)
            }
        }
        unsafe table.pointee.sink_write = { context, number, bytes, error in
            unsafe SinkBridge.from(context).answer(error) { (bridge) throws(PluginError) in
                try unsafe bridge.write(bytes, to: number)
            }
        }
        unsafe table.pointee.sink_close = { context, number, error in
            unsafe SinkBridge.from(context).answer(error) { (bridge) throws(PluginError) in
                try bridge.end(number)
            }
        }
    }

    deinit { unsafe table.deallocate() }

    /// Completes the files that the plugin left open, in the order they were opened.
    func closeAll() throws(PluginError) {
        for number in open.keys.sorted() { try end(number) }
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
            throw refusal("The name or media type of a file is not UTF-8.")
        }
        if let problem = SinkName.problem(name) { throw refusal(problem) }
        guard SinkName.isMediaType(mediaType) else {
            throw refusal("The media type of `\(name)` is not plain ASCII.")
        }
        guard open.count < Self.maximumOpen else {
            throw refusal("More than \(Self.maximumOpen) files are open at once.")
        }
        guard names.insert(name.hashValue).inserted else {
            throw refusal("The file `\(name)` is opened a second time.")
        }
        let file = try sink.open(name: name, mediaType: mediaType)
        lastNumber += 1
        open[lastNumber] = file
        return lastNumber
    }

    @unsafe private func write(_ bytes: postil_bytes_t, to number: UInt64) throws(PluginError) {
        guard let file = open[number] else { throw refusal("The sink \(number) is not open.") }
        let buffer = unsafe UnsafeRawBufferPointer(bytes.buffer)
        guard buffer.count <= remainingBytes else {
            throw refusal("The export is larger than it may be.")
        }
        remainingBytes -= Int64(buffer.count)
        if unsafe !buffer.isEmpty { try unsafe sink.write(buffer, to: file) }
    }

    private func end(_ number: UInt64) throws(PluginError) {
        guard let file = open.removeValue(forKey: number) else {
            throw refusal("The sink \(number) is not open.")
        }
        try sink.close(file)
    }

    private func refusal(_ message: String) -> PluginError {
        PluginError(.sinkFailed, "\(plugin): \(message)", plugin: plugin)
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
