public import Contracts
public import LabelModel

/// Addresses that are told what happens.
///
/// Webhooks of a project are for everyone who works in it, those of the organization for
/// administrators.
public struct Webhooks: Sendable {
    /// Deliveries that a list shows.
    private static let recordLimit = 100

    let environment: ServiceEnvironment
    private let post: EventPost

    private var storage: any Storage { environment.storage }

    init(_ environment: ServiceEnvironment, setups: ProjectSetups) {
        self.environment = environment
        post = EventPost(environment, setups: setups)
    }

    /// Makes a webhook.
    ///
    /// - `project`: nil for one that is told of all projects.
    public func create(
        _ settings: WebhookSettings,
        for project: ProjectID?,
        by user: User
    ) async throws(ServiceError) -> Webhook {
        try requirePermission(for: project, user)
        try await check(settings, for: project)
        return try await stored(await storage.webhooks.insert(settings, project: project))
    }

    public func list(_ scope: WebhookScope) async throws(ServiceError) -> [Webhook] {
        if case .project(let id) = scope {
            guard try await stored(await storage.projects.project(id)) != nil else {
                throw .notFound("Project \(id)")
            }
        }
        return try await stored(await storage.webhooks.webhooks(scope))
    }

    public func webhook(_ id: WebhookID) async throws(ServiceError) -> Webhook {
        guard let webhook = try await stored(await storage.webhooks.webhook(id)) else {
            throw .notFound("Webhook \(id)")
        }
        return webhook
    }

    /// Changes a webhook.
    ///
    /// - `change`: Called more than once; sets fields and does nothing else.
    public func update(
        _ id: WebhookID,
        by user: User,
        _ change: @escaping @Sendable (inout WebhookSettings) -> Void
    ) async throws(ServiceError) -> Webhook {
        let current = try await webhook(id)
        try requirePermission(for: current.project, user)
        var settings = current.settings
        change(&settings)
        try await check(settings, for: current.project)
        return try await stored(await storage.webhooks.update(id, change))
    }

    /// Deletes a webhook with what waits to be delivered to it.
    public func delete(_ id: WebhookID, by user: User) async throws(ServiceError) {
        try requirePermission(for: try await webhook(id).project, user)
        try await stored(await storage.webhooks.delete(id))
    }

    /// The latest deliveries of a webhook, the newest first.
    public func deliveries(of id: WebhookID) async throws(ServiceError) -> [DeliveryRecord] {
        _ = try await webhook(id)
        return try await stored(
            await storage.deliveries.records(of: id, limit: Self.recordLimit)
        )
    }

    /// Sends an event that says it is a test, and waits for the answer.
    ///
    /// It stands behind no other event, is sent once, also to a webhook that is off, and is none of
    /// the deliveries.
    public func test(_ id: WebhookID, by user: User) async throws(ServiceError) -> WebhookTest {
        let webhook = try await webhook(id)
        try requirePermission(for: webhook.project, user)
        let begun = ContinuousClock.now
        var test = WebhookTest(isDelivered: false, seconds: 0)
        do throws(OutboundError) {
            let answer = try await post.send(
                WebhookTest.action,
                .emptyObject,
                of: webhook.project,
                as: "test",
                to: webhook.settings
            )
            test.isDelivered = answer.isSuccess
            test.status = Int64(answer.status)
        } catch {
            // Who says too much took it all the same, as at a delivery.
            test.isDelivered = error.code == .answerTooLarge
            test.error = error.message
        }
        test.seconds = (ContinuousClock.now - begun) / .seconds(1)
        return test
    }

    // MARK: Checks

    private func requirePermission(
        for project: ProjectID?,
        _ user: User
    ) throws(ServiceError) {
        if project == nil {
            try user.requireAdministrator(to: "have webhooks for all projects")
        }
    }

    private func check(
        _ settings: WebhookSettings,
        for project: ProjectID?
    ) async throws(ServiceError) {
        guard settings.headers.count <= 10 else {
            throw .invalidField("headers", "A webhook has at most 10 headers.")
        }
        for (name, value) in settings.headers {
            let isName =
                !name.isEmpty
                && name.utf8.allSatisfy { byte in
                    switch byte {
                    case UInt8(ascii: "A")...UInt8(ascii: "Z"),
                        UInt8(ascii: "a")...UInt8(ascii: "z"),
                        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"),
                        UInt8(ascii: "_"):
                        true
                    default: false
                    }
                }
            let isValue = value.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F }
            guard isName, isValue else {
                throw .invalidField("headers", "“\(name)” is no header that can be sent.")
            }
        }
        if project != nil, let action = settings.actions.first(where: \.isOrganizationOnly) {
            throw .invalidField(
                "actions",
                "\(action.rawValue) is only told to webhooks of the organization."
            )
        }
        do {
            try await environment.outbound.check(settings.url)
        } catch {
            throw ServiceError(error, field: "url")
        }
    }
}

extension ServiceError {
    /// Somebody else's server was not asked, or did not answer.
    init(_ error: OutboundError, field: String? = nil) {
        self.init(
            .invalid,
            "outbound_\(error.code.rawValue)",
            error.message,
            at: field.map { .pointer("/\($0)") },
            field: field
        )
        cause = error.cause
    }
}
