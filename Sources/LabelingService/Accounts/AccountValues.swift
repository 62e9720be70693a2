public import LabelModel

/// A user who is to be made.
public struct NewAccount: Hashable, Sendable {
    public var email: String
    /// nil for someone who signs in by token or link only.
    public var password: String?
    public var role: User.Role
    /// The address when nil.
    public var username: String?
    public var firstName: String
    public var lastName: String
    public var phone: String

    public init(
        email: String,
        password: String?,
        role: User.Role,
        username: String? = nil,
        firstName: String = "",
        lastName: String = "",
        phone: String = ""
    ) {
        self.email = email
        self.password = password
        self.role = role
        self.username = username
        self.firstName = firstName
        self.lastName = lastName
        self.phone = phone
    }
}

/// A user who was just made, with the token that nobody can read again.
public struct CreatedAccount: Hashable, Sendable {
    public let user: User
    /// 40 hexadecimal digits; only its digest is kept.
    public let token: String
}

/// What may be changed about a user; nil leaves it as it is.
public struct AccountChanges: Hashable, Sendable {
    public var firstName: String?
    public var lastName: String?
    public var username: String?
    public var phone: String?
    public var password: String?
    /// Administrators change roles, of others only.
    public var role: User.Role?
    /// Administrators switch users off, others only.
    public var isActive: Bool?

    public init() {}
}

/// A browser session and whose it is.
public struct SignedIn: Hashable, Sendable {
    public let user: User
    /// What the browser must repeat in a header with every write.
    public let csrfToken: String
    public let expiresAt: Timestamp
}

/// A session that was just made, with the secret that only the cookie keeps.
public struct NewSession: Hashable, Sendable {
    /// 64 hexadecimal digits; only its digest is kept.
    public let secret: String
    public let signedIn: SignedIn
}
