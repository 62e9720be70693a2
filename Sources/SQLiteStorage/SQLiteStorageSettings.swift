/// How the embedded engine uses the machine.
public struct SQLiteStorageSettings: Hashable, Sendable {
    /// Threads that read, each with a connection of its own; 1 or more.
    public var readerCount = 3
    /// Page cache of each connection, in KiB.
    public var cacheKilobytes = 8_192
    /// How long a write waits while another process holds the database.
    public var busyTimeoutSeconds = 10.0
    /// Pages written to the write-ahead log after which they are moved into the file.
    public var checkpointPages = 8_000
    /// How long a task stays with the annotator who was handed it.
    public var leaseSeconds: Int64 = 3_600

    /// Pages that the file may have, to see what a full disk does.
    package var maximumPageCount: Int?

    public init() {}
}
