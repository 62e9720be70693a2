public import Contracts
public import LabelModel
import ValueTree

/// The organization: all users of an installation.
///
/// There is one.
public struct Organization: Hashable, Sendable {
    /// The one organization's number in the API.
    public static let number: Int64 = 1

    public var title: String
    /// Nil until somebody says.
    public var contactInfo: String?
    public let createdAt: Timestamp
    public let updatedAt: Timestamp
    public let createdBy: UserID?
    /// The address of who made it; empty before there is anyone.
    public let creatorEmail: String
    /// Opens the way in for new members; 64 hexadecimal digits.
    public let inviteToken: String
    /// Who can sign in.
    public let members: [User]
}

/// What people do with the organization: name it, invite, look at who does what.
public struct Organizations: Sendable {
    private static let settingsName = "organization"
    private static let inviteName = "invite_token"

    let environment: ServiceEnvironment
    let accounts: Accounts

    private var storage: any Storage { environment.storage }

    init(_ environment: ServiceEnvironment, accounts: Accounts) {
        self.environment = environment
        self.accounts = accounts
    }

    public func organization() async throws(ServiceError) -> Organization {
        let users = try await stored(await storage.users.list())
        let first = users.first
        let createdAt = first?.joinedAt ?? Timestamp(microseconds: 0)
        var organization = Organization(
            title: "Postil",
            contactInfo: nil,
            createdAt: createdAt,
            updatedAt: createdAt,
            createdBy: first?.id,
            creatorEmail: first?.email ?? "",
            inviteToken: try await inviteToken(),
            members: users.filter(\.isActive)
        )
        guard let kept = try await stored(await storage.settings.value(Self.settingsName)) else {
            return organization
        }
        let fields = try JSONText.parse(kept.bytes)
        organization = Organization(
            title: fields["title"]?.string ?? organization.title,
            contactInfo: fields["contact_info"]?.string,
            createdAt: createdAt,
            updatedAt: Timestamp(microseconds: fields["updated_at"]?.int64 ?? 0),
            createdBy: organization.createdBy,
            creatorEmail: organization.creatorEmail,
            inviteToken: organization.inviteToken,
            members: organization.members
        )
        return organization
    }

    /// Renames the organization; nil leaves a field as it is.
    public func update(
        title: String?,
        contactInfo: String?,
        by user: User
    ) async throws(ServiceError) -> Organization {
        try user.requireAdministrator(to: "change the organization")
        let current = try await organization()
        let title = title ?? current.title
        guard !title.isEmpty, title.count <= 1_000 else {
            throw .invalidField("title", "A title has 1 to 1000 characters.")
        }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("title", title)
            writer.member("contact_info", contactInfo ?? current.contactInfo)
            writer.member("updated_at", environment.clock.now().microseconds)
        }
        try await stored(
            await storage.settings.set(Self.settingsName, to: RawJSON(checked: writer.bytes))
        )
        return try await organization()
    }

    // MARK: Invitations

    /// What an invitation's link holds.
    public func inviteToken() async throws(ServiceError) -> String {
        let kept = try await stored(
            await storage.settings.setIfMissing(Self.inviteName, to: Self.freshToken())
        )
        return try JSONText.parse(kept.bytes).string ?? ""
    }

    /// Makes all invitations that were sent invalid.
    ///
    /// - Returns: What new ones hold.
    public func resetInviteToken(by user: User) async throws(ServiceError) -> String {
        try user.requireAdministrator(to: "reset invitations")
        try await stored(await storage.settings.set(Self.inviteName, to: Self.freshToken()))
        return try await inviteToken()
    }

    /// Makes a member of whoever has an invitation.
    public func join(
        _ account: NewAccount,
        invitation: String
    ) async throws(ServiceError) -> User {
        let token = try await inviteToken()
        // Compared as digests, so that the time tells nothing of the token.
        guard environment.sha256(Array(invitation.utf8)) == environment.sha256(Array(token.utf8))
        else {
            throw ServiceError(
                .forbidden,
                "invitation_invalid",
                "This invitation is no longer valid.",
                hint: "Ask whoever sent it for a new one."
            )
        }
        guard account.password != nil else {
            throw .invalidField("password", "A password has 8 to 1024 bytes.")
        }
        var account = account
        account.role = .member
        guard let created = try await accounts.create([account]).first else {
            throw ServiceError(.failed, "storage_failed", "The user was not stored.")
        }
        return created.user
    }

    private static func freshToken() -> RawJSON {
        RawJSON(checked: Array("\"\(Secrets.hexadecimal(byteCount: 32))\"".utf8))
    }

    // MARK: Members

    /// How many annotations each user made, by project; reads all annotations' index.
    public func contributions(
        in project: ProjectID? = nil
    ) async throws(ServiceError) -> [Contribution] {
        try await stored(await storage.annotations.contributions(in: project))
    }

    /// Takes a member out; what they did keeps their name.
    public func remove(_ member: UserID, by user: User) async throws(ServiceError) {
        try await accounts.remove(member, by: user)
    }
}
