internal import CPostilPlugin

/// What a library is and offers.
///
/// Make one, as a global constant, and give it to the host from the entry:
///
///     let plugin = Plugin(
///         id: "org.example.label-table",
///         version: "0.1.0",
///         offers: [.exporter("LABEL-TABLE", LabelTable.self)]
///     )
///
///     @c(postil_plugin_entry_v1)
///     public func entry(_ host: UnsafeRawPointer?) -> UnsafeRawPointer? { plugin.entry(host) }
///
/// A trap in Swift ends the process, which the host reports with the function and the task; it
/// cannot be caught. So check what comes from data.
@safe public struct Plugin: Sendable {
    /// The table for the host; written once, in `init`, and never freed.
    private nonisolated(unsafe) let table: UnsafePointer<postil_plugin_t>

    /// Makes the plugin.
    ///
    /// - Parameters:
    ///   - id: As in the manifest.
    ///   - version: As in the manifest.
    ///   - offers: What the manifest lists under `capabilities`.
    public init(id: String, version: String, offers: [Capability]) {
        // The global constant that this is for is made once, before the host has a table.
        unsafe Registry.capabilities = offers
        let table = UnsafeMutablePointer<postil_plugin_t>.allocate(capacity: 1)
        unsafe table.initialize(to: postil_plugin_t())
        unsafe table.pointee.size = UInt32(MemoryLayout<postil_plugin_t>.size)
        unsafe table.pointee.abi = Registry.abi
        unsafe table.pointee.abi_minimum = Registry.abi
        unsafe table.pointee.id = permanentBytes(id)
        unsafe table.pointee.version = permanentBytes(version)
        unsafe table.pointee.get_capability = { id, name in
            unsafe Registry.table(id.string, name.string)
        }
        unsafe self.table = UnsafePointer(table)
    }

    /// What the entry gives back: the plugin, or `nil` when it cannot run on this host.
    public func entry(_ host: UnsafeRawPointer?) -> UnsafeRawPointer? {
        guard let host = unsafe host?.assumingMemoryBound(to: postil_host_t.self),
            unsafe host.pointee.abi >= Registry.abi
        else { return nil }
        return unsafe UnsafeRawPointer(table)
    }
}

/// One entry of what a plugin offers.
public struct Capability: Sendable {
    /// What it is made of.
    enum Content: Sendable {
        case exporter(any Exporter.Type)
        case importSource(any ImportSource.Type)
        case tag(any Tag.Type)
        case metric(any Metric.Type, MetricTable)
    }

    /// The table of a metric: it says of itself what the others need not.
    @safe struct MetricTable: Sendable {
        /// Constant and never freed.
        nonisolated(unsafe) let pointer: UnsafeRawPointer
    }

    let name: String
    let content: Content

    /// A file format under the name that the manifest gives it.
    public static func exporter(_ name: String, _ type: any Exporter.Type) -> Capability {
        Capability(name: name, content: .exporter(type))
    }

    /// A source of tasks under the name that the manifest gives it.
    public static func importSource(_ name: String, _ type: any ImportSource.Type) -> Capability {
        Capability(name: name, content: .importSource(type))
    }

    /// A metric under the name that the manifest gives it.
    public static func metric(_ name: String, _ type: any Metric.Type) -> Capability {
        let table = unsafe MetricTable(pointer: MetricBridge.make(type.declaration))
        return Capability(name: name, content: .metric(type, table))
    }

    /// A tag of the labeling config.
    public static func tag(_ name: String, _ type: any Tag.Type) -> Capability {
        Capability(name: name, content: .tag(type))
    }
}

/// What the one plugin of this library offers, for the C functions, which know nothing but names.
enum Registry {
    static let abi = UInt32(POSTIL_ABI_MAJOR) << 16 | UInt32(POSTIL_ABI_MINOR)

    /// Written by `Plugin.init`, before the host has anything to call.
    nonisolated(unsafe) static var capabilities: [Capability] = []

    static func content(_ name: String) -> Capability.Content? {
        unsafe capabilities.first { $0.name == name }?.content
    }

    @unsafe static func table(_ id: String, _ name: String) -> UnsafeRawPointer? {
        switch content(name) {
        case .exporter(let type):
            id == POSTIL_CAPABILITY_EXPORTER ? unsafe ExporterBridge.table(type.reads) : nil
        case .importSource:
            id == POSTIL_CAPABILITY_IMPORT_SOURCE ? unsafe ImportBridge.table : nil
        case .tag: id == POSTIL_CAPABILITY_TAG ? unsafe TagBridge.table : nil
        case .metric(_, let table):
            id == POSTIL_CAPABILITY_METRIC ? unsafe table.pointer : nil
        case nil: nil
        }
    }
}

/// Bytes that live as long as the process.
func permanentBytes(_ text: String) -> postil_bytes_t {
    let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = unsafe copy.initialize(from: text.utf8)
    return unsafe postil_bytes_t(bytes: copy.baseAddress, count: UInt64(copy.count))
}

/// A structure that lives as long as the process.
@unsafe func permanent<Table>(_ table: Table) -> UnsafeRawPointer {
    let place = UnsafeMutablePointer<Table>.allocate(capacity: 1)
    unsafe place.initialize(to: table)
    return UnsafeRawPointer(place)
}

/// Keeps a value that functions change, for the pointer that the host passes back.
final class Instance<Content> {
    var content: Content

    init(_ content: Content) { self.content = content }

    /// The instance behind the host's pointer.
    @unsafe static func of(_ pointer: UnsafeMutableRawPointer?) -> Instance {
        guard let pointer = unsafe pointer else { fatalError("the host passes what `open` gave") }
        return unsafe Unmanaged<Instance>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Lets go of the instance behind the host's pointer.
    @unsafe static func release(_ pointer: UnsafeMutableRawPointer?) {
        guard let pointer = unsafe pointer else { return }
        unsafe Unmanaged<Instance>.fromOpaque(pointer).release()
    }
}
