internal import HTTPTypes
internal import Hummingbird

/// Every endpoint of the server.
struct EndpointTable: Sendable {
    let endpoints: [Endpoint]

    /// Methods that are answered with 405 on a path that has other ones.
    private static let methods: [HTTPRequest.Method] = [
        .get, .head, .post, .put, .patch, .delete, .options,
    ]

    /// The paths of the labeling loop come first: the router compares a component with all its
    /// alternatives, one after another.
    private static func rank(_ path: String) -> Int {
        let loop = ["/api/projects/{project}/next", "/api/tasks/{task}/annotations"]
        return loop.firstIndex(of: path) ?? loop.count
    }

    /// A router for them; `elsewhere` answers where no endpoint is.
    func router(
        authentication: Authentication,
        outcome: Outcome,
        elsewhere: @escaping Endpoint.Handler
    ) -> RouterResponder<APIContext> {
        let router = Router(context: APIContext.self, options: .autoGenerateHeadEndpoints)
        let groups = Dictionary(grouping: endpoints, by: \.routerPath).sorted { one, other in
            (Self.rank(one.key), one.key) < (Self.rank(other.key), other.key)
        }
        for (path, endpoints) in groups {
            var taken = Set(endpoints.map(\.method))
            for endpoint in endpoints {
                router.on(
                    RouterPath(path),
                    method: endpoint.method,
                    responder: EndpointResponder(
                        endpoint: endpoint,
                        authentication: authentication,
                        outcome: outcome
                    )
                )
            }
            if taken.contains(.get) { taken.insert(.head) }
            let allowed = Self.methods.filter(taken.contains).map(\.rawValue)
            for method in Self.methods where !taken.contains(method) {
                router.on(
                    RouterPath(path),
                    method: method,
                    responder: RefusingResponder(
                        error: .methodNotAllowed(
                            method,
                            allowed: allowed.joined(separator: ", ")
                        ),
                        outcome: outcome
                    )
                )
            }
        }
        // Added last, so that it stands only before Hummingbird's own "not found".
        router.add(middleware: Elsewhere(handler: elsewhere, outcome: outcome))
        return router.buildResponder()
    }
}

/// Takes over where no endpoint is.
private struct Elsewhere: RouterMiddleware {
    typealias Context = APIContext

    let handler: Endpoint.Handler
    let outcome: Outcome

    func handle(
        _ request: Request,
        context: APIContext,
        next: (Request, APIContext) async throws -> Response
    ) async throws -> Response {
        do {
            let call = Call(request: request, context: context, caller: nil)
            return outcome.finished(try await handler(call))
        } catch {
            return try outcome.response(for: error, to: request, context: context)
        }
    }
}
