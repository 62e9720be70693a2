/// How much one request may ask for.
public struct ServiceLimits: Hashable, Sendable {
    /// Bytes of one task, with its annotations and predictions.
    public var maxTaskBytes = 256 << 20
    /// Tasks of one import.
    public var maxImportTasks = 1_000_000
    /// Files of one import.
    public var maxImportFiles = 100
    /// Bytes of tasks that an import holds in memory; a larger one goes to the store in batches
    /// that stay invisible until the end.
    public var importBufferBytes = 32 << 20
    /// Files that a folder import passes to its import source.
    public var maxFolderFiles = 100_000
    /// Folders inside one another that a folder import descends into.
    public var maxFolderDepth = 16
    /// Bytes of one file that an export fetches from a bucket or another server.
    public var fetchedMediaBytes: Int64 = 4 << 30
    /// How long such a file may take.
    public var fetchedMediaPatience = Duration.seconds(300)
    /// How long a browser stays signed in unless the session policy says otherwise.
    public var sessionSeconds: Int64 = 8 * 86_400

    public init() {}
}
