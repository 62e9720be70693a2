internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Personal access tokens, and which kinds of tokens open the API.
struct AccessTokenEndpoints: Sendable {
    let service: LabelingService

    /// Seconds that an access token works.
    private static let accessSeconds: Int64 = 300

    var endpoints: [Endpoint] {
        let refresh = BodyShape.json(.object([.init("refresh", .string)]))
        let settings = Schema.reference(.tokenSettings)
        return [
            Endpoint(
                .get,
                "/api/token/",
                .users,
                "Lists your personal access tokens that work, without their signatures",
                answers: [.json(.array(.reference(.token)))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/token/",
                .users,
                "Makes a personal access token, which is shown this once",
                answers: [.json(.created, .reference(.token))],
                handler: create
            ),
            Endpoint(
                .post,
                "/api/token/refresh/",
                .users,
                "Swaps a personal access token for one that works for five minutes",
                access: .anyone,
                body: refresh,
                answers: [.json(.object([.init("access", .string)]))],
                handler: self.refresh
            ),
            Endpoint(
                .post,
                "/api/token/blacklist/",
                .users,
                "Ends a personal access token; its text without the signature will do",
                body: refresh,
                answers: [.empty()],
                handler: revoke
            ),
            Endpoint(
                .post,
                "/api/token/rotate/",
                .users,
                "Ends a personal access token and makes another in its place",
                body: refresh,
                answers: [.json(.object([.init("refresh", .string)]))],
                handler: rotate
            ),
            Endpoint(
                .get,
                "/api/jwt/settings",
                .users,
                "Tells which kinds of tokens work",
                answers: [.json(settings)],
                handler: self.settings
            ),
            Endpoint(
                .post,
                "/api/jwt/settings",
                .users,
                "Decides which kinds of tokens work",
                access: .administrator,
                body: .json(
                    .object([
                        .optional("api_tokens_enabled", .boolean),
                        .optional("legacy_api_tokens_enabled", .boolean),
                        .optional("api_token_ttl_days", .integer),
                    ])
                ),
                answers: [.json(settings)],
                handler: changeSettings
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let tokens = try await service.accounts.accessTokens(of: call.user)
        return .json { writer in
            writer.array { writer in
                for token in tokens {
                    writer.object { $0.member("token", token.webToken.unsignedText) }
                }
            }
        }
    }

    private func create(_ call: Call) async throws -> Response {
        let token = try await service.accounts.makeAccessToken(for: call.user)
        let text = try await token.webToken.text(signedWith: service.accounts.signingKey())
        return .json(.created) { writer in
            writer.object { $0.member("token", text) }
        }
    }

    private func refresh(_ call: Call) async throws -> Response {
        let sent = try await call.fields().requiredString("refresh")
        let key = try await service.accounts.signingKey()
        let now = Timestamp.present
        guard let token = WebToken(sent, signedWith: key, kind: .refresh, at: now),
            try await service.accounts.user(accessToken: token.id)?.id == token.user
        else {
            var error = APIError(.unauthorized, "token_not_valid", "Token is invalid")
            error.hint = "Make a new personal access token at /api/token/."
            error.headers[.wwwAuthenticate] = "Token"
            throw error
        }
        let seconds = now.microseconds / 1_000_000
        let access = WebToken(
            kind: .access,
            id: token.id,
            user: token.user,
            issuedAt: seconds,
            expiresAt: min(seconds + Self.accessSeconds, token.expiresAt)
        )
        return .json { writer in
            writer.object { $0.member("access", access.text(signedWith: key)) }
        }
    }

    private func revoke(_ call: Call) async throws -> Response {
        let sent = try await call.fields().requiredString("refresh")
        guard let token = WebToken(naming: sent) else {
            throw APIError(.notFound, "token_not_valid", "Token is invalid.")
        }
        try await service.accounts.revokeAccessToken(token.id, by: call.user)
        return .noContent
    }

    private func rotate(_ call: Call) async throws -> Response {
        let old = try await named(call)
        let token = try await service.accounts.rotateAccessToken(old.id, by: call.user)
        let text = try await token.webToken.text(signedWith: service.accounts.signingKey())
        return .json { writer in
            writer.object { $0.member("refresh", text) }
        }
    }

    /// The token that the body names; whose it is, the service looks at.
    private func named(_ call: Call) async throws -> WebToken {
        guard let token = WebToken(naming: try await call.fields().requiredString("refresh")) else {
            throw APIError.invalid(field: "refresh", "This is no token.")
        }
        return token
    }

    private func settings(_ call: Call) async throws -> Response {
        let settings = try await service.accounts.tokenSettings()
        return .json { settings.write(to: &$0) }
    }

    private func changeSettings(_ call: Call) async throws -> Response {
        let fields = try await call.fields()
        var settings = try await service.accounts.tokenSettings()
        if let flag = try fields.bool("api_tokens_enabled") {
            settings.areAccessTokensEnabled = flag
        }
        if let flag = try fields.bool("legacy_api_tokens_enabled") {
            settings.areLegacyTokensEnabled = flag
        }
        if let days = try fields.integer("api_token_ttl_days") { settings.daysToLive = days }
        try await service.accounts.setTokenSettings(settings, by: call.user)
        return .json { settings.write(to: &$0) }
    }
}

extension AccessToken {
    fileprivate var webToken: WebToken {
        WebToken(
            kind: .refresh,
            id: id,
            user: user,
            issuedAt: createdAt.microseconds / 1_000_000,
            expiresAt: expiresAt.microseconds / 1_000_000
        )
    }
}

extension TokenSettings {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("api_tokens_enabled", areAccessTokensEnabled)
            writer.member("legacy_api_tokens_enabled", areLegacyTokensEnabled)
            writer.member("api_token_ttl_days", daysToLive)
        }
    }
}
