import Contracts
import LabelModel

struct SQLiteDeliveryStore: DeliveryStore {
    let engine: Engine

    private static let due = SQLText(
        """
        SELECT webhook_id, project_id FROM delivery_lanes WHERE due_at <= ?
        ORDER BY due_at LIMIT ?
        """
    )
    private static let oldest = SQLText(
        """
        SELECT id, action, created_at, attempts, ifnull(payload, ''), first_task_id,
            ifnull(last_task_id, 0), import_id
        FROM deliveries
        WHERE webhook_id = ? AND project_id = ? AND state = 'waiting' ORDER BY id LIMIT 1
        """
    )
    private static let newTasks = SQLText(
        """
        SELECT \(LabelingTask.columns) FROM tasks t
        WHERE t.id BETWEEN ?1 AND ?2 AND t.project_id = ?3 AND (?4 IS NULL OR t.import_id = ?4)
            AND \(LabelingTask.isVisible)
        ORDER BY t.id
        """
    )
    private static let closeEmptyLane = SQLText(
        """
        DELETE FROM delivery_lanes WHERE webhook_id = ?1 AND project_id = ?2
            AND NOT EXISTS (SELECT 1 FROM deliveries d
                WHERE d.webhook_id = ?1 AND d.project_id = ?2 AND d.state = 'waiting')
        """
    )
    private static let fail = SQLText(
        """
        UPDATE deliveries SET attempts = attempts + 1, tried_at = ?, status = ?, error = ?
        WHERE id = ? AND state = 'waiting' RETURNING webhook_id, project_id
        """
    )
    private static let delayLane = SQLText(
        "UPDATE delivery_lanes SET due_at = ? WHERE webhook_id = ? AND project_id = ?"
    )
    private static let finish = SQLText(
        """
        UPDATE deliveries SET state = ?, attempts = attempts + 1, tried_at = ?, status = ?,
            error = ?, payload = NULL
        WHERE id = ? AND state = 'waiting' RETURNING webhook_id, project_id
        """
    )
    private static let ofWebhook = SQLText(
        """
        SELECT id, project_id, action, state, created_at, tried_at, attempts, status, error
        FROM deliveries WHERE webhook_id = ? ORDER BY id DESC LIMIT ?
        """
    )
    private static let forget = SQLText(
        """
        DELETE FROM deliveries WHERE webhook_id = ?1 AND state <> 'waiting' AND id <= (
            SELECT id FROM deliveries WHERE webhook_id = ?1 AND state <> 'waiting'
            ORDER BY id DESC LIMIT 1 OFFSET ?2)
        """
    )

    func arrivals() -> AsyncStream<Void> { engine.bell.rings() }

    func lanes(
        dueAt now: Timestamp,
        limit: Int
    ) async throws(StorageError) -> [DeliveryLane] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.due, now, limit) { DeliveryLane(&$0) }
        }
    }

    func first(in lane: DeliveryLane) async throws(StorageError) -> Delivery? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.snapshot { () throws(StorageError) in
                let found = try connection.first(Self.oldest, lane.webhook, lane.project) {
                    WaitingDelivery(&$0, in: lane)
                }
                guard let found else { return nil }
                guard let first = found.firstTask else { return found.delivery }
                let tasks = try connection.all(
                    Self.newTasks,
                    first,
                    found.lastTask,
                    lane.project,
                    found.importID
                ) { LabelingTask(&$0) }
                return found.delivery(with: tasks)
            }
        }
    }

    func postpone(
        _ id: DeliveryID,
        until moment: Timestamp,
        _ attempt: DeliveryAttempt
    ) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let lane = try connection.first(
                Self.fail,
                transaction.now,
                attempt.status,
                attempt.error,
                id
            ) { DeliveryLane(&$0) }
            // A webhook that was deleted meanwhile has no lane either.
            guard let lane else { return }
            try connection.run(Self.delayLane, moment, lane.webhook, lane.project)
        }
    }

    func end(
        _ id: DeliveryID,
        as state: DeliveryRecord.State,
        _ attempt: DeliveryAttempt
    ) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            let lane = try connection.first(
                Self.finish,
                state.rawValue,
                transaction.now,
                attempt.status,
                attempt.error,
                id
            ) { DeliveryLane(&$0) }
            guard let lane else { return }
            try connection.run(Self.delayLane, transaction.now, lane.webhook, lane.project)
            try connection.run(Self.closeEmptyLane, lane.webhook, lane.project)
        }
    }

    func records(
        of webhook: WebhookID,
        limit: Int
    ) async throws(StorageError) -> [DeliveryRecord] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(Self.ofWebhook, webhook, limit) { DeliveryRecord(&$0) }
        }
    }

    func forgetEnded(
        of webhook: WebhookID,
        keeping count: Int
    ) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(Self.forget, webhook, count)
        }
    }
}

/// A delivery as its row says it, before tasks are read.
private struct WaitingDelivery {
    let delivery: Delivery
    /// nil when the payload is in the row.
    let firstTask: Int64?
    let lastTask: Int64
    let importID: Int64?

    init(_ row: inout ColumnReader, in lane: DeliveryLane) {
        let id: DeliveryID = row.next()
        let action = EventAction(rawValue: row.next()) ?? .projectUpdated
        let createdAt: Timestamp = row.next()
        let attempts: Int64 = row.next()
        delivery = Delivery(
            id: id,
            lane: lane,
            action: action,
            payload: row.next(),
            createdAt: createdAt,
            attempts: attempts
        )
        firstTask = row.next()
        lastTask = row.next()
        importID = row.next()
    }

    func delivery(with tasks: [LabelingTask]) -> Delivery {
        var writer = JSONWriter()
        writer.object { writer in
            writer.key("tasks")
            writer.array { writer in
                for task in tasks { task.writeEvent(to: &writer) }
            }
        }
        var delivery = delivery
        delivery.payload = RawJSON(checked: writer.bytes)
        return delivery
    }
}

extension DeliveryLane {
    fileprivate init(_ row: inout ColumnReader) {
        self.init(webhook: row.next(), project: row.next())
    }
}

extension DeliveryRecord {
    fileprivate init(_ row: inout ColumnReader) {
        self.init(
            id: row.next(),
            project: row.next(),
            action: EventAction(rawValue: row.next()) ?? .projectUpdated,
            state: State(rawValue: row.next()) ?? .waiting,
            createdAt: row.next(),
            triedAt: row.next(),
            attempts: row.next(),
            status: row.next(),
            error: row.next()
        )
    }
}
