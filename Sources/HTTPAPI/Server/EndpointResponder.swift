internal import HTTPTypes
internal import Hummingbird
internal import LabelingService
internal import Logging
internal import NIOCore
internal import NIOHTTP1

/// Runs one endpoint: finds out who asks, calls the handler, turns what it throws into an answer.
///
/// There is no chain of middleware, so that the hot path is one call deep.
struct EndpointResponder: HTTPResponder {
    typealias Context = APIContext

    let endpoint: Endpoint
    let authentication: Authentication
    let outcome: Outcome

    func respond(to request: Request, context: APIContext) async throws -> Response {
        do {
            let caller = try await authentication.caller(of: request, for: endpoint.access)
            let call = Call(request: request, context: context, caller: caller)
            return outcome.finished(try await endpoint.handler(call))
        } catch {
            return try outcome.response(for: error, to: request, context: context)
        }
    }
}

/// Answers for paths and methods that no endpoint has.
struct RefusingResponder: HTTPResponder {
    typealias Context = APIContext

    let error: APIError
    let outcome: Outcome

    func respond(to request: Request, context: APIContext) async throws -> Response {
        try outcome.response(for: error, to: request, context: context)
    }
}

/// The last step of every answer.
struct Outcome: Sendable {
    let version: String
    let security: SecurityHeaders

    func finished(_ response: Response) -> Response {
        var response = response
        security.add(to: &response)
        return response
    }

    /// The answer that tells of an error.
    ///
    /// - Throws: What Hummingbird must see itself to close the connection.
    func response(for error: any Error, to request: Request, context: APIContext) throws -> Response
    {
        let told: APIError
        switch error {
        case let error as APIError: told = error
        case let error as ServiceError: told = APIError(error)
        case let error as MultipartError: told = APIError(multipart: error)
        case is HTTPParserError, is CancellationError: throw error
        default:
            var failure = APIError(
                .internalServerError,
                "failed",
                "The server could not do this.",
                hint: "The server's log holds the reason under this error's id."
            )
            failure.cause = String(reflecting: error)
            told = failure
        }
        let id = APIError.makeID()
        if told.status.kind == .serverError || told.cause != nil {
            context.logger.error(
                "\(told.detail)",
                metadata: [
                    "error.id": "\(id)", "error.code": "\(told.code)",
                    "error.cause": "\(told.cause ?? "")", "http.method": "\(request.method)",
                    "http.path": "\(request.uri.path)",
                ]
            )
        }
        return finished(told.response(id: id, version: version))
    }
}
