internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Views: the data manager's tabs.
struct ViewEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let view = Schema.reference(.view)
        let fields = BodyShape.json(.reference(.viewFields))
        let project = QueryParameter("project", .integer, "Whose views.")
        return [
            Endpoint(
                .get,
                "/api/dm/views/",
                .dataManager,
                "Lists views by their order",
                query: [project],
                answers: [.json(.array(view))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/dm/views/",
                .dataManager,
                "Makes a view",
                body: fields,
                answers: [.json(.created, view)],
                handler: create
            ),
            Endpoint(
                .delete,
                "/api/dm/views/reset/",
                .dataManager,
                "Deletes all views of a project",
                query: [project],
                answers: [.empty()],
                handler: reset
            ),
            Endpoint(
                .post,
                "/api/dm/views/order/",
                .dataManager,
                "Puts views into an order",
                body: .json(
                    .object([.init("project", .integer), .init("ids", .array(.integer))])
                ),
                answers: [.empty(.ok)],
                handler: order
            ),
            Endpoint(
                .get,
                "/api/dm/views/{view}/",
                .dataManager,
                "Gets a view",
                answers: [.json(view)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/dm/views/{view}/",
                .dataManager,
                "Changes a view",
                body: fields,
                answers: [.json(view)],
                handler: update
            ),
            Endpoint(
                .patch,
                "/api/dm/views/{view}/",
                .dataManager,
                "Changes a view; filters, order and selection that are left out stay",
                body: fields,
                answers: [.json(view)],
                handler: update
            ),
            Endpoint(
                .delete,
                "/api/dm/views/{view}/",
                .dataManager,
                "Deletes a view",
                answers: [.empty()],
                handler: delete
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let project = try call.query.integer("project").map(ProjectID.init(rawValue:))
        if let project { _ = try await service.projects.project(project) }
        let views = try await service.dataManager.views(of: project)
        return .json { writer in
            writer.array { writer in
                for view in views { view.write(to: &writer) }
            }
        }
    }

    private func create(_ call: Call) async throws -> Response {
        let fields = try await call.fields()
        let view = try await service.dataManager.makeView(
            try fields.object("data") ?? .emptyObject,
            in: Self.project(in: fields, call),
            by: call.user
        )
        return .json(.created) { view.write(to: &$0) }
    }

    private func reset(_ call: Call) async throws -> Response {
        let project = try await Self.project(in: call.fields(), call)
        try await service.dataManager.deleteViews(of: project, by: call.user)
        return .noContent
    }

    private func order(_ call: Call) async throws -> Response {
        let fields = try await call.fields()
        guard let ids = try fields.integers("ids") else { throw APIError.missing(field: "ids") }
        try await service.dataManager.orderViews(
            ids.map(ViewID.init(rawValue:)),
            in: Self.project(in: fields, call),
            by: call.user
        )
        return Response(status: .ok)
    }

    private func get(_ call: Call) async throws -> Response {
        let view = try await service.dataManager.view(call.id("view"))
        return .json { view.write(to: &$0) }
    }

    private func update(_ call: Call) async throws -> Response {
        let id: ViewID = try call.id("view")
        let fields = try await call.fields()
        guard let data = try fields.object("data") else {
            let view = try await service.dataManager.view(id)
            return .json { view.write(to: &$0) }
        }
        let view = try await service.dataManager.updateView(id, data, by: call.user)
        return .json { view.write(to: &$0) }
    }

    private func delete(_ call: Call) async throws -> Response {
        try await service.dataManager.deleteView(call.id("view"), by: call.user)
        return .noContent
    }

    /// The project that the body or the query names.
    private static func project(in fields: BodyFields, _ call: Call) throws(APIError) -> ProjectID {
        if let id = try fields.integer("project") { return ProjectID(rawValue: id) }
        guard let id = try call.query.integer("project") else {
            throw APIError.missing(field: "project")
        }
        return ProjectID(rawValue: id)
    }
}
