import Contracts
import LabelModel

/// What one write sees of the transaction that it shares with others.
final class WriteTransaction {
    let connection: Connection
    let identifiers: IdentifierSequences
    /// The moment that the write counts as having happened.
    let now: Timestamp
    /// What the queue must learn once the transaction is durable.
    private(set) var events: [QueueEvent] = []
    /// True once an event was noted that somebody is to be told of.
    private(set) var hasAnnounced = false

    init(connection: Connection, identifiers: IdentifierSequences, now: Timestamp) {
        self.connection = connection
        self.identifiers = identifiers
        self.now = now
    }

    /// Tells the queue of a change, after the commit and before the caller goes on.
    func afterCommit(_ event: QueueEvent) {
        events.append(event)
    }

    /// Lets the bell ring after the commit.
    func noteAnnouncement() {
        hasAnnounced = true
    }
}
