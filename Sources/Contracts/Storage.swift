public import LabelModel

/// Everything that lasts, kept by one engine.
///
/// 1. The composition root opens an engine; opening brings its tables up to date.
/// 2. Any number of callers use the stores at once, from any thread.
/// 3. `close()` waits for writes under way, then lets the database go.
///
/// A write returns only after it is durable: what was acknowledged survives `kill -9` and power
/// loss. What `Tests/StorageConformance` does not test is not promised.
public protocol Storage: Sendable {
    var users: any UserStore { get }
    var projects: any ProjectStore { get }
    var tasks: any TaskStore { get }
    var queue: any TaskQueue { get }
    var annotations: any AnnotationStore { get }
    var drafts: any DraftStore { get }
    var predictions: any PredictionStore { get }
    var files: any FileUploadStore { get }
    var plugins: any PluginStateStore { get }
    var views: any ViewStore { get }
    var settings: any SettingStore { get }
    var accessTokens: any AccessTokenStore { get }
    var jobs: any JobStore { get }
    var audit: any AuditStore { get }
    var webhooks: any WebhookStore { get }
    var deliveries: any DeliveryStore { get }
    var mlBackends: any MLBackendStore { get }
    var linkedStorages: any LinkedStorageStore { get }
    var moves: any ProjectMoveStore { get }
    var trash: any TrashStore { get }
    var labels: any LabelStore { get }

    func close() async
}

/// Tells the time; tests put in a clock that they move themselves.
public protocol WallClock: Sendable {
    func now() -> Timestamp
}
