/// Someone who signs in.
public struct User: Hashable, Sendable, Identifiable {
    /// What a user may do on the whole installation; what they may do in a project is another matter.
    public enum Role: String, Hashable, Sendable, CaseIterable {
        /// Sees and changes everything, allows plugins, makes users.
        case administrator
        /// Works in projects.
        case member
    }

    public var id: UserID
    /// Unique without regard to case; kept in lower case.
    public var email: String
    public var username: String
    public var firstName: String
    public var lastName: String
    public var phone: String
    public var role: Role
    /// An inactive user cannot sign in; what they did keeps their name.
    public var isActive: Bool
    public var joinedAt: Timestamp
    public var lastActivityAt: Timestamp

    public init(
        id: UserID,
        email: String,
        username: String,
        firstName: String = "",
        lastName: String = "",
        phone: String = "",
        role: Role,
        isActive: Bool = true,
        joinedAt: Timestamp,
        lastActivityAt: Timestamp
    ) {
        self.id = id
        self.email = email
        self.username = username
        self.firstName = firstName
        self.lastName = lastName
        self.phone = phone
        self.role = role
        self.isActive = isActive
        self.joinedAt = joinedAt
        self.lastActivityAt = lastActivityAt
    }
}
