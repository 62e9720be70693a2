internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Finds out who asks.
struct Authentication: Sendable {
    let accounts: Accounts

    /// - Throws: ``APIError`` 401 without valid credentials where they are needed, 403 without the
    ///   CSRF token or the role.
    func caller(of request: Request, for access: Endpoint.Access) async throws -> Caller? {
        switch access {
        case .anyone:
            return nil
        case .anyoneKnown:
            return try? await caller(of: request)
        case .signedIn:
            guard let caller = try await caller(of: request) else {
                throw APIError.unauthenticated
            }
            return caller
        case .administrator:
            guard let caller = try await caller(of: request) else {
                throw APIError.unauthenticated
            }
            guard caller.user.role == .administrator else { throw APIError.administratorsOnly }
            return caller
        }
    }

    private func caller(of request: Request) async throws -> Caller? {
        if let authorization = request.headers[.authorization] {
            return try await caller(authorization: authorization)
        }
        guard let secret = request.headers.cookie(Cookie.session) else { return nil }
        guard let session = try await accounts.session(secret: secret) else { return nil }
        if !Self.isSafe(request.method) {
            guard let token = request.headers[.csrfToken],
                token.utf8.equalsInConstantTime(session.csrfToken.utf8)
            else {
                throw APIError(
                    .forbidden,
                    "csrf_failed",
                    "CSRF Failed: CSRF token missing or incorrect.",
                    hint: "Repeat the cookie `csrftoken` in the header `X-CSRFToken`."
                )
            }
        }
        return Caller(
            user: session.user,
            proof: .session(secret: secret, csrfToken: session.csrfToken)
        )
    }

    /// A header that is there and wrong is never passed over for a cookie.
    private func caller(authorization: String) async throws -> Caller {
        let prefix = "Token "
        guard authorization.hasPrefix(prefix) else {
            return try await caller(bearer: authorization)
        }
        let token = String(authorization.dropFirst(prefix.count))
        guard let user = try await accounts.user(token: token),
            try await accounts.tokenSettings().areLegacyTokensEnabled
        else { throw APIError.badToken }
        return Caller(user: user, proof: .token(token))
    }

    /// A web token that was made from a personal access token; see ``WebToken``.
    private func caller(bearer authorization: String) async throws -> Caller {
        let prefix = "Bearer "
        guard authorization.hasPrefix(prefix),
            let token = WebToken(
                String(authorization.dropFirst(prefix.count)),
                signedWith: try await accounts.signingKey(),
                kind: .access,
                at: .present
            ), let user = try await accounts.user(accessToken: token.id), user.id == token.user
        else { throw APIError.badToken }
        return Caller(user: user, proof: .webToken)
    }

    /// Methods that change nothing (RFC 9110, 9.2.1).
    private static func isSafe(_ method: HTTPRequest.Method) -> Bool {
        method == .get || method == .head || method == .options
    }
}

extension Sequence<UInt8> {
    /// Compares without telling by its time how far the two agree.
    func equalsInConstantTime(_ other: some Sequence<UInt8>) -> Bool {
        let mine = Array(self)
        let others = Array(other)
        guard mine.count == others.count else { return false }
        var difference: UInt8 = 0
        for (left, right) in zip(mine, others) { difference |= left ^ right }
        return difference == 0
    }
}
