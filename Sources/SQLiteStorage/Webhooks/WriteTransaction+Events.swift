import Contracts
import LabelModel

/// Events are noted in the transaction that they tell of: what was acknowledged is told, and what
/// was rolled back is not.
extension WriteTransaction {
    private static let subscribers = SQLText(
        """
        SELECT \(WebhookSQL.columns) FROM webhooks
        WHERE is_active = 1 AND (project_id = ? OR project_id IS NULL) ORDER BY id
        """
    )
    private static let insertion = SQLText(
        """
        INSERT INTO deliveries(webhook_id, project_id, action, created_at, first_task_id,
            last_task_id, import_id, payload)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """
    )
    private static let openLane = SQLText(
        """
        INSERT INTO delivery_lanes(webhook_id, project_id, due_at) VALUES (?, ?, ?)
        ON CONFLICT DO NOTHING
        """
    )
    /// Tasks of one event; a receiver is not to get a million at once.
    private static let tasksPerEvent: Int64 = 1_000

    /// Notes an event for those who want to know of it.
    ///
    /// `payload` writes the members of its JSON object, and is only called when somebody does.
    func announce(
        _ action: EventAction,
        in project: ProjectID,
        _ payload: (inout JSONWriter) throws(StorageError) -> Void = { _ in }
    ) throws(StorageError) {
        let webhooks = try subscribers(of: action, in: project)
        guard !webhooks.isEmpty else { return }
        var writer = JSONWriter()
        writer.beginObject()
        try payload(&writer)
        writer.endObject()
        for webhook in webhooks {
            try connection.run(
                Self.insertion,
                webhook,
                project,
                action.rawValue,
                now,
                Int64?.none,
                Int64?.none,
                Int64?.none,
                RawJSON(checked: writer.bytes)
            )
            try openLane(of: webhook, in: project)
        }
    }

    /// Notes that there are new tasks, with ids from `first` to `last`.
    ///
    /// `importID` is that of the import they came with: there are tasks of others in between.
    func announceTasks(
        from first: Int64,
        to last: Int64,
        of importID: ImportID?,
        in project: ProjectID
    ) throws(StorageError) {
        let webhooks = try subscribers(of: .tasksCreated, in: project)
        for webhook in webhooks {
            for start in stride(from: first, through: last, by: Int(Self.tasksPerEvent)) {
                try connection.run(
                    Self.insertion,
                    webhook,
                    project,
                    EventAction.tasksCreated.rawValue,
                    now,
                    start,
                    min(last, start + Self.tasksPerEvent - 1),
                    importID?.rawValue,
                    RawJSON?.none
                )
            }
            try openLane(of: webhook, in: project)
        }
    }

    /// Notes that tasks are there again.
    ///
    /// `tasks`: By id. What lies between two of them was not away, so each unbroken row of ids is an
    /// event of its own.
    func announceReturn(of tasks: [TaskID], in project: ProjectID) throws(StorageError) {
        var rest = tasks[...]
        while let first = rest.first?.rawValue {
            var last = first
            while let next = rest.first?.rawValue, next <= last + 1 {
                last = next
                rest.removeFirst()
            }
            try announceTasks(from: first, to: last, of: nil, in: project)
        }
    }

    private func openLane(
        of webhook: WebhookID,
        in project: ProjectID
    ) throws(StorageError) {
        try connection.run(Self.openLane, webhook, project, now)
        noteAnnouncement()
    }

    private func subscribers(
        of action: EventAction,
        in project: ProjectID
    ) throws(StorageError) -> [WebhookID] {
        try connection.all(Self.subscribers, project) { Webhook(&$0) }
            .filter { $0.settings.wants(action) }
            .filter { $0.project == nil || !action.isOrganizationOnly }
            .map(\.id)
    }
}
