internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Which controls of which projects use a label.
struct LabelLinkEndpoints: Sendable {
    let service: LabelingService

    private static let largestPage = 1_000

    var endpoints: [Endpoint] {
        let link = Schema.reference(.labelLink)
        let fields = BodyShape.json(.reference(.labelLinkFields))
        return [
            Endpoint(
                .get,
                "/api/label_links/",
                .projects,
                "Lists links of labels",
                query: [QueryParameter("project", .integer, "Whose."), .page, .pageSize],
                answers: [.json(.reference(.labelLinkPage))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/label_links/",
                .projects,
                "Links a label to a control of a project",
                body: fields,
                answers: [.json(.created, link)],
                handler: create
            ),
            Endpoint(
                .get,
                "/api/label_links/{link}/",
                .projects,
                "Gets a link of a label",
                answers: [.json(link)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/label_links/{link}/",
                .projects,
                "Changes a link of a label",
                body: fields,
                answers: [.json(link)],
                handler: update
            ),
            Endpoint(
                .patch,
                "/api/label_links/{link}/",
                .projects,
                "Changes fields of a link of a label",
                body: fields,
                answers: [.json(link)],
                handler: update
            ),
            Endpoint(
                .delete,
                "/api/label_links/{link}/",
                .projects,
                "Deletes a link of a label",
                answers: [.empty()],
                handler: delete
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let query = call.query
        let page = try PageNumber(query, standard: 100, largest: Self.largestPage)
        let found = try await service.labels.links(
            of: query.integer("project").map(ProjectID.init(rawValue:)),
            number: page.number,
            size: page.size
        )
        guard page.number == 1 || !found.links.isEmpty else { throw APIError.noSuchPage }
        let answer = PagedAnswer(
            page: page,
            total: found.total,
            path: "/api/label_links/",
            query: query
        )
        return .json { writer in
            answer.write(to: &writer) { writer in
                for link in found.links { link.write(to: &writer) }
            }
        }
    }

    private func create(_ call: Call) async throws -> Response {
        let link = try await service.labels.makeLink(body: call.body(), by: call.user)
        return .json(.created) { link.write(to: &$0) }
    }

    private func get(_ call: Call) async throws -> Response {
        let link = try await service.labels.link(call.id("link"))
        return .json { link.write(to: &$0) }
    }

    private func update(_ call: Call) async throws -> Response {
        let link = try await service.labels.updateLink(
            call.id("link"),
            body: call.body(),
            by: call.user
        )
        return .json { link.write(to: &$0) }
    }

    private func delete(_ call: Call) async throws -> Response {
        try await service.labels.deleteLink(call.id("link"), by: call.user)
        return .noContent
    }
}
