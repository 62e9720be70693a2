internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// What holds for the whole site: how long sessions last, the keys that everybody begins with, and
/// Label Studio's states of things.
struct SiteEndpoints: Sendable {
    let service: LabelingService

    private static let policy = Schema.object([
        .init("max_session_age", .integer), .init("max_time_between_activity", .integer),
        .init("created_at", .dateTime), .init("updated_at", .dateTime),
    ])

    private static let hotkeys = Schema.object([.init("hotkeys", .map(.any))])

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get,
                "/api/hotkeys/",
                .service,
                "Gets the keys that everybody begins with",
                answers: [.json(Self.hotkeys)],
                handler: hotkeys
            ),
            Endpoint(
                .put,
                "/api/hotkeys/",
                .service,
                "Sets the keys that everybody begins with: `{key, mac, description, active}` by command",
                access: .administrator,
                body: .json(Self.hotkeys),
                answers: [.json(Self.hotkeys)],
                handler: setHotkeys
            ),
            Endpoint(
                .get,
                "/api/session-policy/",
                .session,
                "Tells how many minutes sessions last, and how long unused",
                answers: [.json(Self.policy)],
                handler: sessionPolicy
            ),
            Endpoint(
                .patch,
                "/api/session-policy/",
                .session,
                "Decides how long new sessions last",
                access: .administrator,
                body: .json(
                    .object([
                        .optional("max_session_age", .integer),
                        .optional("max_time_between_activity", .integer),
                    ])
                ),
                answers: [.json(Self.policy)],
                handler: changeSessionPolicy
            ),
            Endpoint(
                .get,
                "/api/fsm/entities/{name}/{entity}/history",
                .service,
                "Lists states that something was in; there are none, as in the original",
                query: [.page, .pageSize],
                answers: [
                    .json(
                        .object([
                            .init("count", .integer), .init("next", .nullable(.string)),
                            .init("previous", .nullable(.string)), .init("results", .array(.any)),
                        ])
                    )
                ],
                handler: stateHistory
            ),
        ]
    }

    private func hotkeys(_ call: Call) async throws -> Response {
        Self.response(hotkeys: try await service.accounts.siteHotkeys())
    }

    private func setHotkeys(_ call: Call) async throws -> Response {
        guard let hotkeys = try await call.fields().object("hotkeys") else {
            throw APIError.missing(field: "hotkeys")
        }
        try await service.accounts.setSiteHotkeys(hotkeys, by: call.user)
        return Self.response(hotkeys: hotkeys)
    }

    private static func response(hotkeys: RawJSON) -> Response {
        .json { writer in
            writer.object { $0.member("hotkeys", hotkeys) }
        }
    }

    private func sessionPolicy(_ call: Call) async throws -> Response {
        Self.response(try await service.accounts.sessionPolicy())
    }

    private func changeSessionPolicy(_ call: Call) async throws -> Response {
        let fields = try await call.fields()
        return Self.response(
            try await service.accounts.setSessionPolicy(
                maxAgeMinutes: fields.integer("max_session_age"),
                maxIdleMinutes: fields.integer("max_time_between_activity"),
                by: call.user
            )
        )
    }

    private static func response(_ policy: SessionPolicy) -> Response {
        .json { writer in
            writer.object { writer in
                writer.member("max_session_age", policy.maxAgeMinutes as Int64?)
                writer.member("max_time_between_activity", policy.maxIdleMinutes as Int64?)
                writer.member("created_at", policy.createdAt)
                writer.member("updated_at", policy.updatedAt)
            }
        }
    }

    private func stateHistory(_ call: Call) async throws -> Response {
        let entities: Set = ["task", "annotation", "project"]
        guard entities.contains(try call.name("name")) else { throw APIError.notFound }
        let query = call.query
        let page = try PageNumber(query, standard: 100, largest: 1_000)
        guard page.number == 1 else { throw APIError.noSuchPage }
        let answer = PagedAnswer(
            page: page,
            total: 0,
            path: call.request.uri.path,
            query: query
        )
        return .json { writer in answer.write(to: &writer) { _ in } }
    }
}
