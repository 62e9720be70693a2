/// Files that tasks refer to, for exporters that pack them.
///
/// May block, so it is called off the cooperative pool.
public protocol MediaSource: Sendable {
    /// Opens a file for reading.
    ///
    /// `reference`: As a task's data writes it, such as `/data/upload/1/0a1b2c3d-street.png`.
    ///
    /// - Returns: The file, which the caller closes; nil for what is not given: it is not there,
    ///   may not be read, or lies where this host does not fetch from.
    func open(_ reference: String) -> OpenedMedia?
}

/// A file that is open for reading.
public struct OpenedMedia: Hashable, Sendable {
    /// Belongs to whoever asked for it.
    public var descriptor: Int32
    public var byteCount: Int64

    public init(descriptor: Int32, byteCount: Int64) {
        self.descriptor = descriptor
        self.byteCount = byteCount
    }
}

extension ExportSink {
    /// Nothing, unless a sink says otherwise.
    public var media: (any MediaSource)? { nil }
}
