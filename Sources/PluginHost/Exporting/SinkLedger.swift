import Contracts

/// Checks what an exporter wants of its sinks, and hands it on: names, quota, order.
///
/// Used by one thread at a time; whatever carries the calls here sees to that.
final class SinkLedger {
    private static let maximumOpen = 256

    private let plugin: PluginVersion
    private let sink: any ExportSink
    private var remainingBytes: Int64
    private var files: [UInt64: Int32] = [:]
    /// Hashes of all names so far: names of a million files would be a lot to keep.
    private var names: Set<Int> = []

    init(plugin: PluginVersion, sink: any ExportSink, byteLimit: Int64) {
        self.plugin = plugin
        self.sink = sink
        remainingBytes = byteLimit
    }

    /// Begins a file; `number` stands for it from now on.
    func open(_ number: UInt64, name: String, mediaType: String) throws(PluginError) {
        if let problem = SinkName.problem(name) { throw refusal(problem) }
        guard SinkName.isMediaType(mediaType) else {
            throw refusal("The media type of `\(name)` is not plain ASCII.")
        }
        guard files.count < Self.maximumOpen else {
            throw refusal("More than \(Self.maximumOpen) files are open at once.")
        }
        guard names.insert(name.hashValue).inserted else {
            throw refusal("The file `\(name)` is opened a second time.")
        }
        files[number] = try sink.open(name: name, mediaType: mediaType)
    }

    func write(_ bytes: UnsafeRawBufferPointer, to number: UInt64) throws(PluginError) {
        guard let file = files[number] else { throw refusal("The sink \(number) is not open.") }
        guard bytes.count <= remainingBytes else {
            throw refusal("The export is larger than it may be.")
        }
        remainingBytes -= Int64(bytes.count)
        if unsafe !bytes.isEmpty { try unsafe sink.write(bytes, to: file) }
    }

    func close(_ number: UInt64) throws(PluginError) {
        guard let file = files.removeValue(forKey: number) else {
            throw refusal("The sink \(number) is not open.")
        }
        try sink.close(file)
    }

    /// Completes the files that the plugin left open, in the order they were opened.
    func closeAll() throws(PluginError) {
        for number in files.keys.sorted() { try close(number) }
    }

    func refusal(_ message: String) -> PluginError {
        PluginError(.sinkFailed, "\(plugin): \(message)", plugin: plugin)
    }
}
