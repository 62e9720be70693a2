import LabelModel

/// Who stands behind a digest, remembered because every request asks.
///
/// Another process, such as the command line, may change users too: the ages bound for how long
/// that goes unnoticed. Unknown digests are never remembered, so a new token works at once.
struct IdentityCache: Sendable {
    let tokens = ExpiringCache<[UInt8], User>(capacity: 16_384, maxAge: .seconds(10))
    let sessions = ExpiringCache<[UInt8], SignedIn>(capacity: 16_384, maxAge: .seconds(10))
    let users = ExpiringCache<UserID, User>(capacity: 16_384, maxAge: .seconds(30))

    /// Users of personal access tokens, by the tokens' ids.
    let accessTokens = ExpiringCache<String, User>(capacity: 16_384, maxAge: .seconds(10))
    /// One entry: each of the two is the same for everyone.
    let signingKey = ExpiringCache<Bool, [UInt8]>(capacity: 1, maxAge: .seconds(60))
    let tokenSettings = ExpiringCache<Bool, TokenSettings>(capacity: 1, maxAge: .seconds(10))

    let sessionPolicy = ExpiringCache<Bool, SessionPolicy>(capacity: 1, maxAge: .seconds(10))

    func removeAll() {
        sessionPolicy.removeAll()
        accessTokens.removeAll()
        tokenSettings.removeAll()
        tokens.removeAll()
        sessions.removeAll()
        users.removeAll()
    }
}
