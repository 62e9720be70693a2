internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Labels as things of their own.
struct LabelEndpoints: Sendable {
    let service: LabelingService

    private static let largestPage = 1_000

    var endpoints: [Endpoint] {
        let label = Schema.reference(.label)
        let fields = BodyShape.json(.reference(.labelFields))
        return [
            Endpoint(
                .get,
                "/api/labels/",
                .projects,
                "Lists labels",
                query: [.page, .pageSize],
                answers: [.json(.reference(.labelPage))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/labels/",
                .projects,
                "Makes labels and links them to controls of projects",
                body: .json(.array(.reference(.newLabel))),
                answers: [.json(.created, .array(label))],
                handler: create
            ),
            Endpoint(
                .get,
                "/api/labels/{label}/",
                .projects,
                "Gets a label",
                answers: [.json(label)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/labels/{label}/",
                .projects,
                "Changes a label",
                body: fields,
                answers: [.json(label)],
                handler: update
            ),
            Endpoint(
                .patch,
                "/api/labels/{label}/",
                .projects,
                "Changes fields of a label",
                body: fields,
                answers: [.json(label)],
                handler: update
            ),
            Endpoint(
                .delete,
                "/api/labels/{label}/",
                .projects,
                "Deletes a label with its links",
                answers: [.empty()],
                handler: delete
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let page = try PageNumber(call.query, standard: 100, largest: Self.largestPage)
        let found = try await service.labels.page(number: page.number, size: page.size)
        guard page.number == 1 || !found.labels.isEmpty else { throw APIError.noSuchPage }
        let answer = PagedAnswer(
            page: page,
            total: found.total,
            path: "/api/labels/",
            query: call.query
        )
        return .json { writer in
            answer.write(to: &writer) { writer in
                for label in found.labels { label.write(to: &writer) }
            }
        }
    }

    private func create(_ call: Call) async throws -> Response {
        let labels = try await service.labels.create(body: call.body(), by: call.user)
        return .json(.created) { writer in
            writer.array { writer in
                for label in labels { label.write(to: &writer) }
            }
        }
    }

    private func get(_ call: Call) async throws -> Response {
        let label = try await service.labels.label(call.id("label"))
        return .json { label.write(to: &$0) }
    }

    private func update(_ call: Call) async throws -> Response {
        let label = try await service.labels.update(
            call.id("label"),
            body: call.body(),
            by: call.user
        )
        return .json { label.write(to: &$0) }
    }

    private func delete(_ call: Call) async throws -> Response {
        try await service.labels.delete(call.id("label"), by: call.user)
        return .noContent
    }
}
