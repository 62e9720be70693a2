internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Signing browsers in and out.
struct SessionEndpoints: Sendable {
    let service: LabelingService
    let settings: APISettings
    private let limiter = SignInLimiter()
    private let address: ClientAddress

    init(service: LabelingService, settings: APISettings) {
        self.service = service
        self.settings = settings
        address = ClientAddress(trustedProxies: Set(settings.trustedProxies))
    }

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get,
                "/api/session",
                .session,
                "Tells who is signed in",
                answers: [.json(.reference(.session))],
                handler: current
            ),
            Endpoint(
                .post,
                "/api/session",
                .session,
                "Signs a browser in",
                access: .anyone,
                body: .json(.object([.init("email", .string), .init("password", .string)])),
                answers: [.json(.reference(.session), "Signed in; the cookies are set.")],
                handler: signIn
            ),
            Endpoint(
                .delete,
                "/api/session",
                .session,
                "Signs the browser out",
                access: .anyoneKnown,
                answers: [.empty()],
                handler: signOut
            ),
            Endpoint(
                .get,
                "/sign-in/link",
                .pages,
                "Signs in by a one-time link",
                access: .anyone,
                query: [QueryParameter("token", .string, "What the link holds.")],
                answers: [.empty(.seeOther, "Signed in.")],
                handler: signInByLink
            ),
        ]
    }

    private func current(_ call: Call) async throws -> Response {
        let user = try call.user
        var csrfToken: String?
        if case .session(_, let token) = call.caller?.proof { csrfToken = token }
        return try await answer(user: user, csrfToken: csrfToken)
    }

    private func signIn(_ call: Call) async throws -> Response {
        // A form of another site can send no JSON without asking first.
        guard call.mediaType == "application/json" else {
            throw APIError(
                .unsupportedMediaType,
                "unsupported_media_type",
                "Sign-in takes a body of type application/json."
            )
        }
        let fields = try await call.fields()
        let email = try fields.requiredString("email")
        let password = try fields.requiredString("password")
        let names = [
            "email " + email.lowercased(),
            "address " + address.of(call.request, context: call.context),
        ]
        if let delay = limiter.delay(for: names) {
            var error = APIError(
                .tooManyRequests,
                "too_many_attempts",
                "Too many attempts to sign in.",
                hint: "Wait a little, then try again."
            )
            error.headers[.retryAfter] = String(max(1, delay.components.seconds))
            throw error
        }
        let session: NewSession
        do {
            session = try await service.accounts.signIn(email: email, password: password)
        } catch {
            if error.kind == .unauthenticated { limiter.countFailure(of: names) }
            throw error
        }
        names.forEach(limiter.forgive)
        var response = try await answer(
            user: session.signedIn.user,
            csrfToken: session.signedIn.csrfToken
        )
        response.headers.append(contentsOf: cookies(of: session))
        return response
    }

    private func signOut(_ call: Call) async throws -> Response {
        if case .session(let secret, _) = call.caller?.proof {
            try await service.accounts.signOut(secret: secret)
        }
        var response = Response.noContent
        response.headers.append(contentsOf: Cookie.signOut(isSecure: settings.isSecure))
        return response
    }

    private func signInByLink(_ call: Call) async throws -> Response {
        let session: NewSession
        do {
            session = try await service.accounts.signIn(link: call.query["token"] ?? "")
        } catch {
            guard error.kind == .unauthenticated else { throw error }
            // The page says that the link is used up; an envelope would help nobody here.
            return Response(status: .seeOther, headers: [.location: "/sign-in?link=used"])
        }
        var response = Response(status: .seeOther, headers: [.location: "/"])
        response.headers.append(contentsOf: cookies(of: session))
        return response
    }

    private func cookies(of session: NewSession) -> [HTTPField] {
        Cookie.signIn(
            secret: session.secret,
            csrfToken: session.signedIn.csrfToken,
            lifetimeSeconds: 14 * 86_400,
            isSecure: settings.isSecure
        )
    }

    private func answer(user: User, csrfToken: String?) async throws -> Response {
        let shape = try await UserShape(user, from: service)
        return .json { writer in
            writer.object { writer in
                writer.key("user")
                shape.write(to: &writer)
                writer.member("csrf_token", csrfToken)
            }
        }
    }
}
