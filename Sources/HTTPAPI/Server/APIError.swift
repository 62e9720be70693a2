internal import HTTPTypes
internal import LabelModel

/// Why a request was not done, as the client is told.
///
/// Becomes Label Studio's error envelope with `code`, `place` and `hint` beside its fields.
struct APIError: Error {
    /// Where in the request's text the reason lies.
    enum Place: Equatable, Sendable {
        /// Of a labeling config or of JSON text, from 1.
        case line(Int, column: Int)
        /// A JSON pointer (RFC 6901) into the body.
        case pointer(String)
        /// Of a table, from 1.
        case row(Int, column: Int)
        /// Bytes before it.
        case offset(Int)
    }

    var status: HTTPResponse.Status
    /// What programs decide by.
    var code: String
    /// A sentence that a person can act on.
    var detail: String
    var hint: String?
    var place: Place?
    /// What is wrong with each field, or nil when it is not about fields.
    var fields: [(name: String, messages: [String])]?
    /// Further members of the envelope.
    var more: [(name: String, value: RawJSON)] = []
    var headers: HTTPFields = [:]
    /// For the log only.
    var cause: String?

    init(
        _ status: HTTPResponse.Status,
        _ code: String,
        _ detail: String,
        hint: String? = nil,
        place: Place? = nil
    ) {
        self.status = status
        self.code = code
        self.detail = detail
        self.hint = hint
        self.place = place
    }
}

extension APIError {
    static let notFound = APIError(.notFound, "not_found", "Not found.")
    static let noSuchPage = APIError(.notFound, "not_found", "Invalid page.")

    static var unauthenticated: APIError {
        var error = APIError(
            .unauthorized,
            "unauthenticated",
            "Authentication credentials were not provided.",
            hint: "Sign in, or send the header `Authorization: Token <your token>`."
        )
        error.headers[.wwwAuthenticate] = "Token"
        return error
    }

    static var badToken: APIError {
        var error = APIError(.unauthorized, "unauthenticated", "Invalid token.")
        error.headers[.wwwAuthenticate] = "Token"
        return error
    }

    static let administratorsOnly = APIError(
        .forbidden,
        "forbidden",
        "You do not have permission to perform this action.",
        hint: "Only an administrator may do this."
    )

    static func methodNotAllowed(_ method: HTTPRequest.Method, allowed: String) -> APIError {
        var error = APIError(
            .methodNotAllowed,
            "method_not_allowed",
            "Method \"\(method)\" not allowed."
        )
        error.headers[.allow] = allowed
        return error
    }

    static func bodyTooLarge(limit: Int) -> APIError {
        APIError(
            .contentTooLarge,
            "body_too_large",
            "The body of the request is larger than \(limit) bytes.",
            hint: "Send less in one request.",
            place: .offset(limit)
        )
    }

    /// A request that lacks a field.
    static func missing(field: String) -> APIError {
        invalid(field: field, "This field is required.", code: "body_field_missing")
    }

    /// A request that says something impossible in one of its fields.
    static func invalid(
        field: String,
        _ message: String,
        code: String = "body_field_invalid",
        hint: String? = nil
    ) -> APIError {
        var error = APIError(.badRequest, code, "Validation error", hint: hint)
        error.fields = [(field, [message])]
        error.place = .pointer("/\(field)")
        return error
    }
}
