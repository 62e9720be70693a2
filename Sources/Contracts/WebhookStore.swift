public import LabelModel

/// Names a webhook.
public struct WebhookID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// Names one delivery of one event to one webhook.
public struct DeliveryID: Identifier {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
}

/// What happened, in Label Studio's words.
public enum EventAction: String, Hashable, Sendable, CaseIterable {
    case projectCreated = "PROJECT_CREATED"
    case projectUpdated = "PROJECT_UPDATED"
    case projectDeleted = "PROJECT_DELETED"
    case tasksCreated = "TASKS_CREATED"
    case tasksDeleted = "TASKS_DELETED"
    case annotationCreated = "ANNOTATION_CREATED"
    case annotationsCreated = "ANNOTATIONS_CREATED"
    case annotationUpdated = "ANNOTATION_UPDATED"
    case annotationsDeleted = "ANNOTATIONS_DELETED"
    case labelLinkCreated = "LABEL_LINK_CREATED"
    case labelLinkUpdated = "LABEL_LINK_UPDATED"
    case labelLinkDeleted = "LABEL_LINK_DELETED"

    /// Only webhooks of the whole organization can ask for it: there is no project before or after.
    public var isOrganizationOnly: Bool { self == .projectCreated || self == .projectDeleted }
}

/// What people choose about a webhook.
public struct WebhookSettings: Hashable, Sendable {
    public var url: String
    /// False sends the action alone.
    public var sendsPayload = true
    /// True sends every action, whatever `actions` says.
    public var sendsAllActions = true
    /// Sent with each request, by name.
    public var headers: [String: String] = [:]
    public var isActive = true
    public var actions: Set<EventAction> = []

    public init(url: String) {
        self.url = url
    }

    public func wants(_ action: EventAction) -> Bool {
        isActive && (sendsAllActions || actions.contains(action))
    }
}

/// An address that is told what happens.
public struct Webhook: Hashable, Sendable, Identifiable {
    public var id: WebhookID
    /// nil for one that is told of all projects.
    public var project: ProjectID?
    public var settings: WebhookSettings
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    public init(
        id: WebhookID,
        project: ProjectID?,
        settings: WebhookSettings,
        createdAt: Timestamp,
        updatedAt: Timestamp
    ) {
        self.id = id
        self.project = project
        self.settings = settings
        self.createdAt = createdAt
        self.updatedAt = updatedAt
    }
}

/// Which webhooks are meant.
public enum WebhookScope: Hashable, Sendable {
    case all
    /// Those of no project.
    case organization
    case project(ProjectID)
}

/// Keeps webhooks.
///
/// Every other store notes, in the transaction of a change, a delivery for each webhook that wants
/// to know of it; see ``DeliveryStore``.
public protocol WebhookStore: Sendable {
    /// - Throws: ``StorageError`` `notFound` without the project.
    func insert(_ settings: WebhookSettings, project: ProjectID?)
        async throws(StorageError) -> Webhook

    func webhook(_ id: WebhookID) async throws(StorageError) -> Webhook?

    /// Webhooks by id.
    func webhooks(_ scope: WebhookScope) async throws(StorageError) -> [Webhook]

    /// - Throws: ``StorageError`` `notFound`, or what `change` throws.
    func update(
        _ id: WebhookID,
        _ change: @escaping @Sendable (inout WebhookSettings) -> Void
    ) async throws(StorageError) -> Webhook

    /// Deletes a webhook with the deliveries that wait for it.
    ///
    /// - Throws: ``StorageError`` `notFound`.
    func delete(_ id: WebhookID) async throws(StorageError)
}
