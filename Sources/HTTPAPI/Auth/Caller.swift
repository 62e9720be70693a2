internal import LabelModel

/// Who asks, and how they showed it.
struct Caller: Sendable {
    enum Proof: Sendable {
        /// The header `Authorization: Token`.
        case token(String)
        /// The header `Authorization: Bearer`.
        case webToken
        /// The cookie of a browser that is signed in.
        case session(secret: String, csrfToken: String)
    }

    let user: User
    let proof: Proof
}
