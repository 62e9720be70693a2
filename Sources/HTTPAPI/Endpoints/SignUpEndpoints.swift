internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService
internal import NIOCore

/// The page behind an invitation's link: plain HTML that needs no script.
struct SignUpEndpoints: Sendable {
    private static let messagePlace = "<!-- postil:message -->"

    let service: LabelingService
    let page: Page
    let isSecure: Bool

    var endpoints: [Endpoint] {
        let token = QueryParameter("token", .string, "What the invitation's link holds.")
        return [
            Endpoint(
                .get,
                "/user/signup/",
                .pages,
                "The page for those who were invited",
                access: .anyone,
                query: [token],
                answers: [.file("text/html", "The page.")],
                handler: show
            ),
            Endpoint(
                .post,
                "/user/signup/",
                .pages,
                "Makes a member of whoever was invited, and signs them in",
                access: .anyone,
                query: [token],
                answers: [.empty(.seeOther, "Signed in.")],
                handler: join
            ),
        ]
    }

    private func show(_ call: Call) async throws -> Response {
        page.response(importMap: ImportMap())
    }

    private func join(_ call: Call) async throws -> Response {
        do {
            let fields = try await call.fields()
            let invitation = try fields.string("token") ?? call.query["token"] ?? ""
            let account = NewAccount(
                email: try fields.requiredString("email"),
                password: try fields.requiredString("password"),
                role: .member,
                firstName: try fields.string("first_name") ?? "",
                lastName: try fields.string("last_name") ?? ""
            )
            let user = try await service.organizations.join(account, invitation: invitation)
            let session = try await service.accounts.signIn(
                email: user.email,
                password: account.password ?? ""
            )
            var response = Response(status: .seeOther, headers: [.location: "/projects"])
            response.headers.append(
                contentsOf: Cookie.signIn(
                    secret: session.secret,
                    csrfToken: session.signedIn.csrfToken,
                    lifetimeSeconds: 14 * 86_400,
                    isSecure: isSecure
                )
            )
            return response
        } catch let error as ServiceError where error.kind != .failed {
            return refusal(error.message, status: HTTPResponse.Status(code: error.kind.statusCode))
        } catch let error as APIError where error.status.kind == .clientError {
            return refusal(
                error.fields?.first.map { "\($0.name): \($0.messages.joined(separator: " "))" }
                    ?? error.detail,
                status: error.status
            )
        }
    }

    /// The page again, with what is wrong.
    private func refusal(_ message: String, status: HTTPResponse.Status) -> Response {
        let escaped = message.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
        return page.replacing(
            Self.messagePlace,
            with: "<p class=\"error\" role=\"alert\">\(escaped)</p>"
        ).response(status: status, importMap: ImportMap())
    }
}
