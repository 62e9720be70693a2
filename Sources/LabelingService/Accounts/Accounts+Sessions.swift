import Contracts
public import LabelModel

extension Accounts {
    /// Signs a browser in by address and password.
    ///
    /// - Throws: ``ServiceError`` `wrong_credentials`, without telling which of the two was wrong,
    ///   and in the same time for an address that nobody has.
    public func signIn(
        email: String,
        password: String
    ) async throws(ServiceError) -> NewSession {
        let credentials = try await stored(await storage.users.credentials(email: email))
        let hash = credentials?.passwordHash ?? Self.hashOfNoPassword
        let matches = await environment.passwords.matches(password, hash: hash)
        guard matches, let user = credentials?.user, credentials?.passwordHash != nil else {
            throw ServiceError(
                .unauthenticated,
                "wrong_credentials",
                "The address or the password is not right."
            )
        }
        return try await beginSession(of: user)
    }

    /// Signs a browser in by a one-time link, which is used up by it.
    public func signIn(link token: String) async throws(ServiceError) -> NewSession {
        let refusal = ServiceError(
            .unauthenticated,
            "link_used_up",
            "This sign-in link was used before or is too old.",
            hint: "Ask an administrator for a new one, or sign in with your password."
        )
        guard Secrets.isHexadecimal(token, count: 64) else { throw refusal }
        let now = environment.clock.now()
        let digest = digest(token)
        guard let id = try await stored(await storage.users.takeSignInLink(digest: digest, at: now))
        else { throw refusal }
        return try await beginSession(of: try await user(id))
    }

    /// Ends a session; one that is unknown has ended already.
    public func signOut(secret: String) async throws(ServiceError) {
        guard Secrets.isHexadecimal(secret, count: 64) else { return }
        try await stored(await storage.users.removeSession(digest: digest(secret)))
        cache.sessions.removeAll()
    }

    /// Makes the secret of a link that signs `user` in once.
    ///
    /// - `lifetimeSeconds`: After these it no longer works.
    ///
    /// Returns 64 hexadecimal digits.
    public func makeSignInLink(
        for user: UserID,
        lifetimeSeconds: Int64 = 86_400
    ) async throws(ServiceError) -> String {
        let token = Secrets.hexadecimal(byteCount: 32)
        let expiresAt = environment.clock.now().adding(seconds: lifetimeSeconds)
        try await stored(
            await storage.users.insertSignInLink(
                for: user,
                digest: digest(token),
                expiresAt: expiresAt
            )
        )
        return token
    }

    private func beginSession(of user: User) async throws(ServiceError) -> NewSession {
        guard user.isActive else {
            throw ServiceError(
                .unauthenticated,
                "inactive_user",
                "This account is switched off.",
                hint: "An administrator can switch it on again."
            )
        }
        let now = environment.clock.now()
        let policy = try await sessionPolicy()
        let session = Session(
            user: user.id,
            csrfToken: Secrets.hexadecimal(byteCount: 20),
            createdAt: now,
            expiresAt: now.adding(seconds: policy.maxAgeMinutes * 60)
        )
        let secret = Secrets.hexadecimal(byteCount: 32)
        try await stored(
            await storage.users.insertSession(session, digest: digest(secret))
        )
        return NewSession(
            secret: secret,
            signedIn: SignedIn(
                user: user,
                csrfToken: session.csrfToken,
                expiresAt: session.expiresAt
            )
        )
    }

    /// Never matches; a hasher spends its usual time on finding that out.
    private static let hashOfNoPassword = ""
}
