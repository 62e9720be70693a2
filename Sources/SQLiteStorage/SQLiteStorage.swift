public import Contracts
import Dispatch

/// The embedded engine: one SQLite file, written by one thread and read by a few.
///
/// Other processes may open the same file at the same time; their writes are seen at once. Leases
/// live in the memory of the process that hands out tasks, which is the server.
public final class SQLiteStorage: Storage {
    private let engine: Engine

    public let users: any UserStore
    public let projects: any ProjectStore
    public let tasks: any TaskStore
    public let queue: any TaskQueue
    public let annotations: any AnnotationStore
    public let drafts: any DraftStore
    public let predictions: any PredictionStore
    public let files: any FileUploadStore
    public let plugins: any PluginStateStore
    public let views: any ViewStore
    public let settings: any SettingStore
    public let accessTokens: any AccessTokenStore
    public let jobs: any JobStore
    public let audit: any AuditStore
    public let webhooks: any WebhookStore
    public let deliveries: any DeliveryStore
    public let mlBackends: any MLBackendStore
    public let linkedStorages: any LinkedStorageStore
    public let moves: any ProjectMoveStore
    public let trash: any TrashStore
    public let labels: any LabelStore

    private init(_ engine: Engine) {
        self.engine = engine
        users = SQLiteUserStore(engine: engine)
        projects = SQLiteProjectStore(engine: engine)
        tasks = SQLiteTaskStore(engine: engine)
        queue = SQLiteTaskQueue(engine: engine)
        annotations = SQLiteAnnotationStore(engine: engine)
        drafts = SQLiteDraftStore(engine: engine)
        predictions = SQLitePredictionStore(engine: engine)
        files = SQLiteFileUploadStore(engine: engine)
        plugins = SQLitePluginStateStore(engine: engine)
        views = SQLiteViewStore(engine: engine)
        settings = SQLiteSettingStore(engine: engine)
        accessTokens = SQLiteAccessTokenStore(engine: engine)
        jobs = SQLiteJobStore(engine: engine)
        audit = SQLiteAuditStore(engine: engine)
        webhooks = SQLiteWebhookStore(engine: engine)
        deliveries = SQLiteDeliveryStore(engine: engine)
        mlBackends = SQLiteMLBackendStore(engine: engine)
        linkedStorages = SQLiteLinkedStorageStore(engine: engine)
        moves = SQLiteProjectMoveStore(engine: engine)
        trash = SQLiteTrashStore(engine: engine)
        labels = SQLiteLabelStore(engine: engine)
    }

    /// Opens a database file, makes it when it is not there, and brings its tables up to date.
    ///
    /// - Parameters:
    ///   - path: The file, in a directory that exists. `-wal`, `-shm` and `-instances` files
    ///     appear beside it.
    ///   - clock: Tells when a write happened and when a lease is over.
    ///   - settings: How it uses the machine.
    /// - Returns: The stores; ``close()`` them in the end.
    /// - Throws: ``StorageError`` `corrupt` when the file is no database or of a newer version,
    ///   `busy` or `unavailable` when it cannot be opened.
    public static func open(
        path: String,
        clock: any WallClock,
        settings: SQLiteStorageSettings = SQLiteStorageSettings()
    ) async throws(StorageError) -> SQLiteStorage {
        let engine = try await Self.openEngine(path, clock, settings)
        let storage = SQLiteStorage(engine)
        let recovery = ImportRecovery(engine: engine)
        let abandoned = try await recovery.abandonDead()
        // What a closing storage leaves of this is done at the next start.
        Task { for id in abandoned { try? await recovery.undo(id) } }
        return storage
    }

    public func close() async {
        await engine.close()
    }

    /// Transactions committed since the start, to see how many writes share one.
    package var commitCount: Int { engine.commitCount }

    /// The first column of a pragma's first row, as the writer sees it.
    package func pragma(_ name: String) async throws(StorageError) -> String? {
        let statement = SQLText("PRAGMA \(name)")
        return try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.first(statement) { $0.next() }
        }
    }

    /// Opens on a thread that may block, which those of the cooperative pool may not.
    private static func openEngine(
        _ path: String,
        _ clock: any WallClock,
        _ settings: SQLiteStorageSettings
    ) async throws(StorageError) -> Engine {
        let opened: Result<Engine, StorageError> = await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                do throws(StorageError) {
                    let engine = try Engine(path: path, clock: clock, settings: settings)
                    continuation.resume(returning: .success(engine))
                } catch {
                    continuation.resume(returning: .failure(error))
                }
            }
        }
        return try opened.get()
    }
}
