public import LabelModel

/// Names an ML backend.
public struct MLBackendID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// What people choose about an ML backend.
public struct MLBackendSettings: Hashable, Sendable {
    public var url: String
    public var title = "default"
    public var description = ""
    /// Answers while people draw.
    public var isInteractive = false
    /// Sends user and password with each request (HTTP Basic).
    public var usesBasicAuth = false
    public var user = ""
    /// Never told to anyone but the backend.
    public var password = ""
    /// Sent to the backend at its setup: any JSON, or nil.
    public var extraParameters: RawJSON?
    public var timeoutSeconds = 100.0
    /// Takes the model version over that the backend tells.
    public var updatesModelVersion = true

    public init(url: String) {
        self.url = url
    }
}

/// A server that speaks Label Studio's protocol for models.
public struct MLBackend: Hashable, Sendable, Identifiable {
    /// How the last talk with it went; Label Studio's two letters.
    public enum State: String, Hashable, Sendable {
        case connected = "CO"
        case disconnected = "DI"
        case error = "ER"
        case training = "TR"
    }

    public var id: MLBackendID
    public var project: ProjectID
    public var settings: MLBackendSettings
    public var condition: MLBackendCondition
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: MLBackendID,
        project: ProjectID,
        settings: MLBackendSettings,
        condition: MLBackendCondition,
        createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.project = project
        self.settings = settings
        self.condition = condition
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// What a backend last said of itself.
public struct MLBackendCondition: Hashable, Sendable {
    public var state: MLBackend.State
    public var error: String?
    public var modelVersion: String?

    public init(state: MLBackend.State, error: String? = nil, modelVersion: String? = "") {
        self.state = state
        self.error = error
        self.modelVersion = modelVersion
    }
}

/// Keeps ML backends.
public protocol MLBackendStore: Sendable {
    /// - Throws: ``StorageError`` `notFound` without the project.
    func insert(
        _ settings: MLBackendSettings,
        _ condition: MLBackendCondition,
        into project: ProjectID
    ) async throws(StorageError) -> MLBackend

    func backend(_ id: MLBackendID) async throws(StorageError) -> MLBackend?

    /// Backends of a project by id.
    func backends(of project: ProjectID) async throws(StorageError) -> [MLBackend]

    /// - Throws: ``StorageError`` `notFound`.
    func update(_ id: MLBackendID, _ settings: MLBackendSettings, _ condition: MLBackendCondition)
        async throws(StorageError) -> MLBackend

    /// - Throws: ``StorageError`` `notFound`.
    func delete(_ id: MLBackendID) async throws(StorageError)
}
