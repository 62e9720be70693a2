internal import Logging

/// A log handler that hands its metadata on only with something to log.
///
/// Every request gets a logger with its id, and the handler that writes lines makes text of the
/// metadata whenever they change; hardly any request logs.
struct DeferredMetadataHandler: LogHandler {
    private let lines: any LogHandler
    var metadata: Logger.Metadata
    var metadataProvider: Logger.MetadataProvider?
    var logLevel: Logger.Level

    /// `lines` writes what is logged.
    init(_ lines: any LogHandler) {
        self.lines = lines
        metadata = lines.metadata
        metadataProvider = lines.metadataProvider
        logLevel = lines.logLevel
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var lines = lines
        lines.metadata = metadata
        lines.metadataProvider = metadataProvider
        lines.log(event: event)
    }
}
