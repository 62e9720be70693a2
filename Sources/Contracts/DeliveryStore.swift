public import LabelModel

/// The deliveries of one project to one webhook, which arrive in the order of their events.
public struct DeliveryLane: Hashable, Sendable {
    public var webhook: WebhookID
    public var project: ProjectID

    public init(webhook: WebhookID, project: ProjectID) {
        self.webhook = webhook
        self.project = project
    }
}

/// An event on its way to a webhook.
public struct Delivery: Hashable, Sendable, Identifiable {
    public var id: DeliveryID
    public var lane: DeliveryLane
    public var action: EventAction
    /// JSON object: what the event's payload holds besides the action and the project.
    public var payload: RawJSON
    public var createdAt: Timestamp
    /// Attempts that failed.
    public var attempts: Int64

    public init(
        id: DeliveryID,
        lane: DeliveryLane,
        action: EventAction,
        payload: RawJSON,
        createdAt: Timestamp,
        attempts: Int64
    ) {
        self.id = id
        self.lane = lane
        self.action = action
        self.payload = payload
        self.createdAt = createdAt
        self.attempts = attempts
    }
}

/// What became of a delivery, for people to look at.
public struct DeliveryRecord: Hashable, Sendable, Identifiable {
    public enum State: String, Hashable, Sendable {
        case waiting
        case delivered
        /// The receiver said that it does not want it.
        case refused
        /// It was tried for too long.
        case abandoned
    }

    public var id: DeliveryID
    public var project: ProjectID
    public var action: EventAction
    public var state: State
    public var createdAt: Timestamp
    /// When it was tried last.
    public var triedAt: Timestamp?
    public var attempts: Int64
    /// Status of the last answer; nil when there was none.
    public var status: Int64?
    /// Why the last attempt failed.
    public var error: String?

    public init(
        id: DeliveryID,
        project: ProjectID,
        action: EventAction,
        state: State,
        createdAt: Timestamp,
        triedAt: Timestamp?,
        attempts: Int64,
        status: Int64?,
        error: String?
    ) {
        self.id = id
        self.project = project
        self.action = action
        self.state = state
        self.createdAt = createdAt
        self.triedAt = triedAt
        self.attempts = attempts
        self.status = status
        self.error = error
    }
}

/// What an attempt came to.
public struct DeliveryAttempt: Hashable, Sendable {
    /// Status of the answer; nil when there was none.
    public var status: Int64?
    public var error: String?

    public init(status: Int64?, error: String? = nil) {
        self.status = status
        self.error = error
    }
}

/// Keeps events until they have arrived.
///
///   1. Every store notes an event in the transaction of its change, for each webhook that wants it.
///   2. ``lanes(dueAt:limit:)`` tells where something is to be done.
///   3. ``first(in:)`` gives the oldest delivery of a lane; the next one comes after
///      ``end(_:as:_:)`` of this one.
///   4. ``postpone(_:until:_:)`` when it did not work; the whole lane waits.
public protocol DeliveryStore: Sendable {
    /// Lanes with deliveries whose time has come, those that waited longest first.
    func lanes(dueAt now: Timestamp, limit: Int) async throws(StorageError) -> [DeliveryLane]

    /// The oldest delivery that waits in a lane, or nil.
    func first(in lane: DeliveryLane) async throws(StorageError) -> Delivery?

    /// Counts a failed attempt; the lane is due again at `moment`.
    func postpone(_ id: DeliveryID, until moment: Timestamp, _ attempt: DeliveryAttempt)
        async throws(StorageError)

    /// Ends a delivery; the lane goes on with the next one.
    func end(_ id: DeliveryID, as state: DeliveryRecord.State, _ attempt: DeliveryAttempt)
        async throws(StorageError)

    /// Deliveries of a webhook, the newest first.
    func records(of webhook: WebhookID, limit: Int)
        async throws(StorageError) -> [DeliveryRecord]

    /// Forgets deliveries of a webhook that have ended, but for the newest `count`.
    func forgetEnded(of webhook: WebhookID, keeping count: Int) async throws(StorageError)

    /// Comes each time events were noted in this process; several may come as one.
    func arrivals() -> AsyncStream<Void>
}
