/// What a test of a webhook came to.
public struct WebhookTest: Hashable, Sendable {
    /// What the event says instead of something that happened.
    public static let action = "WEBHOOK_TEST"

    /// Whether the receiver took it.
    public var isDelivered: Bool
    /// Status of the answer; nil when there was none.
    public var status: Int64?
    /// Why there was none.
    public var error: String?
    /// From the start to the end of the answer.
    public var seconds: Double
}
