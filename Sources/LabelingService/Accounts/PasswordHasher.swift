/// Turns passwords into what may be kept of them.
///
/// Slow by intent, so an implementation does its work off the cooperative pool.
public protocol PasswordHasher: Sendable {
    /// A salted hash in its own text form, which names its parameters.
    func hash(_ password: String) async throws -> String

    /// Whether the hash was made from this password.
    func matches(_ password: String, hash: String) async -> Bool
}
