public import LabelModel

/// One thing that an import source may read.
public struct ImportInput: Hashable, Sendable {
    /// Relative path with `/`, unique among the inputs, such as `tiles/a.png`.
    public var name: String
    public var byteCount: Int64
    /// Where the host finds the bytes.
    ///
    /// The plugin gets a descriptor, never this path.
    public var path: String
    /// What a task's data says to show it, such as `/data/local-files/?d=tiles%2Fa.png`.
    public var reference: String

    public init(name: String, byteCount: Int64, path: String, reference: String) {
        self.name = name
        self.byteCount = byteCount
        self.path = path
        self.reference = reference
    }
}

/// One run of an import source.
///
/// 1. `next` until it returns nil, one call at a time.
/// 2. `close`, once, also after an error.
public protocol ImportRun: Sendable {
    /// The next tasks, as JSON objects in Label Studio's task form, or nil at the end. May be
    /// empty when the source needs another turn.
    func next() async throws(PluginError) -> [RawJSON]?

    func close() async
}
