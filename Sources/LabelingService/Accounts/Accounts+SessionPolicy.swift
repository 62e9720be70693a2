import Contracts
public import LabelModel
import ValueTree

/// How long browsers stay signed in.
public struct SessionPolicy: Hashable, Sendable {
    /// Minutes after which anyone signs in again.
    public var maxAgeMinutes: Int64
    /// Minutes without a request after which a session is over.
    public var maxIdleMinutes: Int64 = 3 * 24 * 60
    public var createdAt: Timestamp
    public var updatedAt: Timestamp

    /// A year.
    static let longest: Int64 = 366 * 24 * 60
}

extension Accounts {
    private static let policyName = "session_policy"

    public func sessionPolicy() async throws(ServiceError) -> SessionPolicy {
        let known = try await cache.sessionPolicy.value(true) { () async throws(ServiceError) in
            let began = try await stored(await storage.users.list()).first?.joinedAt
            var policy = SessionPolicy(
                maxAgeMinutes: environment.limits.sessionSeconds / 60,
                createdAt: began ?? Timestamp(microseconds: 0),
                updatedAt: began ?? Timestamp(microseconds: 0)
            )
            guard let kept = try await stored(await storage.settings.value(Self.policyName))
            else { return policy }
            let fields = try JSONText.parse(kept.bytes)
            policy.maxAgeMinutes = fields["age"]?.int64 ?? policy.maxAgeMinutes
            policy.maxIdleMinutes = fields["idle"]?.int64 ?? policy.maxIdleMinutes
            policy.updatedAt = Timestamp(microseconds: fields["updated_at"]?.int64 ?? 0)
            return policy
        }
        guard let known else {
            throw ServiceError(.failed, "storage_failed", "The session policy is missing.")
        }
        return known
    }

    /// Changes the policy; sessions that have begun keep the end that they were given.
    ///
    /// - `maxAgeMinutes`, `maxIdleMinutes`: nil leaves one as it is.
    public func setSessionPolicy(
        maxAgeMinutes: Int64?,
        maxIdleMinutes: Int64?,
        by user: User
    ) async throws(ServiceError) -> SessionPolicy {
        try user.requireAdministrator(to: "decide how long sessions last")
        let current = try await sessionPolicy()
        let age = maxAgeMinutes ?? current.maxAgeMinutes
        let idle = maxIdleMinutes ?? current.maxIdleMinutes
        for (name, minutes) in [("max_session_age", age), ("max_time_between_activity", idle)] {
            guard (1...SessionPolicy.longest).contains(minutes) else {
                throw .invalidField(
                    name,
                    "Ensure this value lies between 1 and \(SessionPolicy.longest)."
                )
            }
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("age", age as Int64?)
            writer.member("idle", idle as Int64?)
            writer.member("updated_at", environment.clock.now().microseconds as Int64?)
        }
        try await stored(
            await storage.settings.set(Self.policyName, to: RawJSON(checked: writer.bytes))
        )
        cache.sessionPolicy.removeAll()
        return try await sessionPolicy()
    }
}
