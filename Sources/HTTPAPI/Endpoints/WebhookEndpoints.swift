internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Webhooks and what became of their deliveries.
struct WebhookEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let webhook = Schema.reference(.webhook)
        let fields = BodyShape.json(.reference(.webhookFields))
        return [
            Endpoint(
                .get,
                "/api/webhooks/",
                .webhooks,
                "Lists webhooks",
                query: [
                    QueryParameter(
                        "project",
                        .string,
                        "Only those of this project; empty: those of the organization."
                    )
                ],
                answers: [.json(.array(webhook))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/webhooks/",
                .webhooks,
                "Makes a webhook, of a project or of the organization",
                body: fields,
                answers: [.json(.created, webhook)],
                handler: create
            ),
            Endpoint(
                .get,
                "/api/webhooks/info/",
                .webhooks,
                "Tells which actions there are",
                access: .anyone,
                query: [
                    QueryParameter(
                        "organization-only",
                        .boolean,
                        "Only actions that are, or are not, told to the organization alone."
                    )
                ],
                answers: [.json(.map(.map(.any)))],
                handler: info
            ),
            Endpoint(
                .get,
                "/api/webhooks/{webhook}/",
                .webhooks,
                "Gets a webhook",
                answers: [.json(webhook)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/webhooks/{webhook}/",
                .webhooks,
                "Changes a webhook",
                body: fields,
                answers: [.json(webhook)],
                handler: update
            ),
            Endpoint(
                .patch,
                "/api/webhooks/{webhook}/",
                .webhooks,
                "Changes fields of a webhook",
                body: fields,
                answers: [.json(webhook)],
                handler: update
            ),
            Endpoint(
                .delete,
                "/api/webhooks/{webhook}/",
                .webhooks,
                "Deletes a webhook with what waits to be delivered",
                answers: [.empty()],
                handler: delete
            ),
            Endpoint(
                .get,
                "/api/webhooks/{webhook}/deliveries",
                .webhooks,
                "Lists the latest deliveries of a webhook, the newest first",
                answers: [.json(.array(.reference(.delivery)))],
                handler: deliveries
            ),
            Endpoint(
                .post,
                "/api/webhooks/{webhook}/test",
                .webhooks,
                "Sends a webhook an event that says it is a test, and tells what came of it",
                answers: [.json(.reference(.webhookTest))],
                handler: test
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let query = call.query
        let scope: WebhookScope =
            switch query["project"] {
            case nil: .all
            case "": .organization
            default: .project(ProjectID(try query.integer("project") ?? 0))
            }
        let webhooks = try await service.webhooks.list(scope)
        return .json { writer in
            writer.array { writer in
                for webhook in webhooks { webhook.write(to: &writer) }
            }
        }
    }

    private func create(_ call: Call) async throws -> Response {
        let fields = try await call.fields()
        var settings = WebhookSettings(url: try fields.requiredString("url"))
        try WebhookChange(fields).apply(to: &settings)
        let webhook = try await service.webhooks.create(
            settings,
            for: fields.integer("project").map { ProjectID($0) },
            by: call.user
        )
        return .json(.created) { webhook.write(to: &$0) }
    }

    private func get(_ call: Call) async throws -> Response {
        let webhook = try await service.webhooks.webhook(call.id("webhook"))
        return .json { webhook.write(to: &$0) }
    }

    private func update(_ call: Call) async throws -> Response {
        let id: WebhookID = try call.id("webhook")
        let change = try WebhookChange(await call.fields())
        let webhook = try await service.webhooks.update(id, by: call.user) {
            change.apply(to: &$0)
        }
        return .json { webhook.write(to: &$0) }
    }

    private func delete(_ call: Call) async throws -> Response {
        try await service.webhooks.delete(call.id("webhook"), by: call.user)
        return .noContent
    }

    private func deliveries(_ call: Call) async throws -> Response {
        let records = try await service.webhooks.deliveries(of: call.id("webhook"))
        return .json { writer in
            writer.array { writer in
                for record in records { record.write(to: &writer) }
            }
        }
    }

    private func test(_ call: Call) async throws -> Response {
        let test = try await service.webhooks.test(call.id("webhook"), by: call.user)
        return .json { test.write(to: &$0) }
    }

    private func info(_ call: Call) async throws -> Response {
        let text = call.query["organization-only"]
        let side = text == nil ? nil : try call.query.bool("organization-only", default: false)
        return .json { writer in
            writer.object { writer in
                for action in EventAction.allCases
                where side == nil || action.isOrganizationOnly == side {
                    writer.key(action.rawValue)
                    writer.object { writer in
                        writer.member("name", action.title)
                        writer.member("description", action.sentence)
                        writer.member("key", action.key)
                        writer.member("organization-only", action.isOrganizationOnly)
                    }
                }
            }
        }
    }
}
