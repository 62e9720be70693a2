internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// What a user keeps for themselves: hotkeys, and which tours they have seen.
struct CurrentUserEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let hotkeys = Schema.object([.init("custom_hotkeys", .map(.any))])
        let tour = Schema.object([.init("name", .string), .init("state", .string)])
        let name = QueryParameter("name", .string, "Which tour.")
        let tourBody = BodyShape.json(.object([.optional("state", .string)]))
        return [
            Endpoint(
                .get,
                "/api/current-user/hotkeys/",
                .users,
                "Gets your own hotkeys",
                answers: [.json(hotkeys)],
                handler: getHotkeys
            ),
            Endpoint(
                .patch,
                "/api/current-user/hotkeys/",
                .users,
                "Sets your own hotkeys",
                body: .json(hotkeys),
                answers: [.json(hotkeys)],
                handler: setHotkeys
            ),
            Endpoint(
                .get,
                "/api/current-user/product-tour",
                .users,
                "Tells whether you have seen a tour",
                query: [name],
                answers: [.json(tour)],
                handler: getTour
            ),
            Endpoint(
                .put,
                "/api/current-user/product-tour",
                .users,
                "Keeps whether you have seen a tour",
                query: [name],
                body: tourBody,
                answers: [.json(tour)],
                handler: setTour
            ),
            Endpoint(
                .patch,
                "/api/current-user/product-tour",
                .users,
                "Keeps whether you have seen a tour",
                query: [name],
                body: tourBody,
                answers: [.json(tour)],
                handler: setTour
            ),
        ]
    }

    private func getHotkeys(_ call: Call) async throws -> Response {
        Self.answer(hotkeys: try await service.accounts.hotkeys(of: call.user))
    }

    private func setHotkeys(_ call: Call) async throws -> Response {
        guard let hotkeys = try await call.fields().object("custom_hotkeys") else {
            throw APIError.missing(field: "custom_hotkeys")
        }
        try await service.accounts.setHotkeys(hotkeys, of: call.user)
        return Self.answer(hotkeys: hotkeys)
    }

    private static func answer(hotkeys: RawJSON) -> Response {
        .json { writer in
            writer.object { $0.member("custom_hotkeys", hotkeys) }
        }
    }

    private func getTour(_ call: Call) async throws -> Response {
        let name = try Self.tour(call)
        let state = try await service.accounts.tourState(name, of: call.user)
        return Self.answer(tour: name, state: state ?? "ready")
    }

    private func setTour(_ call: Call) async throws -> Response {
        let name = try Self.tour(call)
        let state = try await call.fields().string("state") ?? "completed"
        try await service.accounts.setTourState(name, state, of: call.user)
        return Self.answer(tour: name, state: state)
    }

    private static func tour(_ call: Call) throws -> String {
        guard let name = call.query["name"], !name.isEmpty, name.utf8.count <= 200 else {
            throw APIError.missing(field: "name")
        }
        return name
    }

    private static func answer(tour name: String, state: String) -> Response {
        .json { writer in
            writer.object { writer in
                writer.member("name", name)
                writer.member("state", state)
                writer.key("interaction_data")
                writer.object { _ in }
            }
        }
    }
}
