public import Contracts
public import LabelModel
import ValueTree

/// Which kinds of tokens open the API.
public struct TokenSettings: Hashable, Sendable {
    /// Personal access tokens.
    public var areAccessTokensEnabled = true
    /// The older kind: 40 hexadecimal digits.
    public var areLegacyTokensEnabled = true
    /// How long a new personal access token works.
    public var daysToLive: Int64 = 200 * 365

    public init() {}
}

/// Personal access tokens: what Label Studio's newer clients send.
///
/// Their text is signed where HTTP is spoken; here is told which of them work.
extension Accounts {
    private static let settingsName = "token_settings"

    /// The key that tokens are signed with: 32 bytes, made when it is first asked for.
    public func signingKey() async throws(ServiceError) -> [UInt8] {
        let key = try await cache.signingKey.value(true) { () async throws(ServiceError) in
            let fresh = RawJSON(checked: Array("\"\(Secrets.hexadecimal(byteCount: 32))\"".utf8))
            let kept = try await stored(
                await storage.settings.setIfMissing("token_signing_key", to: fresh)
            )
            return kept.bytes
        }
        return key ?? []
    }

    public func tokenSettings() async throws(ServiceError) -> TokenSettings {
        let known = try await cache.tokenSettings.value(true) { () async throws(ServiceError) in
            var settings = TokenSettings()
            guard let kept = try await stored(await storage.settings.value(Self.settingsName))
            else { return settings }
            let fields = try JSONText.parse(kept.bytes)
            settings.areAccessTokensEnabled = fields["access"]?.bool ?? true
            settings.areLegacyTokensEnabled = fields["legacy"]?.bool ?? true
            settings.daysToLive = fields["days"]?.int64 ?? settings.daysToLive
            return settings
        }
        return known ?? TokenSettings()
    }

    public func setTokenSettings(
        _ settings: TokenSettings,
        by user: User
    ) async throws(ServiceError) {
        try user.requireAdministrator(to: "decide which tokens work")
        guard (1...100_000).contains(settings.daysToLive) else {
            throw .invalidField("api_token_ttl_days", "A token lives 1 to 100000 days.")
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("access", settings.areAccessTokensEnabled)
            writer.member("legacy", settings.areLegacyTokensEnabled)
            writer.member("days", settings.daysToLive)
        }
        try await stored(
            await storage.settings.set(Self.settingsName, to: RawJSON(checked: writer.bytes))
        )
        cache.removeAll()
    }

    // MARK: Tokens

    /// Makes a token.
    ///
    /// - Throws: ``ServiceError`` `conflict` while the user has one that works.
    public func makeAccessToken(for user: User) async throws(ServiceError) -> AccessToken {
        let settings = try await tokenSettings()
        guard settings.areAccessTokensEnabled else {
            throw ServiceError(
                .forbidden,
                "tokens_disabled",
                "Personal access tokens are switched off.",
                hint: "An administrator can switch them on."
            )
        }
        let token = freshToken(for: user.id, settings)
        do {
            try await storage.accessTokens.insert(token)
        } catch {
            var refusal = ServiceError(error)
            if error.code == .duplicate {
                refusal.hint = "Rotate that one, or revoke it before you make another."
            }
            throw refusal
        }
        return token
    }

    /// The user's tokens that work, the oldest first.
    public func accessTokens(of user: User) async throws(ServiceError) -> [AccessToken] {
        try await stored(
            await storage.accessTokens.tokens(of: user.id, at: environment.clock.now())
        )
    }

    /// Whose a token is, while it works and its user may come in.
    public func user(accessToken id: String) async throws(ServiceError) -> User? {
        try await cache.accessTokens.value(id) { () async throws(ServiceError) in
            let now = environment.clock.now()
            guard try await tokenSettings().areAccessTokensEnabled,
                let token = try await stored(await storage.accessTokens.token(id, at: now)),
                let user = try await stored(await storage.users.user(token.user)), user.isActive
            else { return nil }
            return user
        }
    }

    /// Ends a token of the user's own; administrators end any.
    public func revokeAccessToken(_ id: String, by user: User) async throws(ServiceError) {
        try await requireOwn(id, user)
        try await stored(await storage.accessTokens.revoke(id, at: environment.clock.now()))
        cache.removeAll()
    }

    /// Ends a token of the user's own and makes another in its place.
    public func rotateAccessToken(
        _ id: String,
        by user: User
    ) async throws(ServiceError) -> AccessToken {
        let owner = try await requireOwn(id, user)
        let token = freshToken(for: owner, try await tokenSettings())
        try await stored(await storage.accessTokens.replace(id, with: token))
        cache.removeAll()
        return token
    }

    // MARK: Parts

    private func freshToken(for user: UserID, _ settings: TokenSettings) -> AccessToken {
        let now = environment.clock.now()
        return AccessToken(
            id: Secrets.hexadecimal(byteCount: 16),
            user: user,
            createdAt: now,
            expiresAt: now.adding(seconds: settings.daysToLive * 86_400)
        )
    }

    @discardableResult
    private func requireOwn(_ id: String, _ user: User) async throws(ServiceError) -> UserID {
        let now = environment.clock.now()
        guard let token = try await stored(await storage.accessTokens.token(id, at: now)),
            token.user == user.id || user.role == .administrator
        else { throw .notFound("The token") }
        return token.user
    }
}
