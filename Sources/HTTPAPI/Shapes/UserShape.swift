internal import LabelModel
internal import LabelingService

/// A user with what their answer needs besides.
struct UserShape: Sendable {
    let user: User
    private let hotkeys: RawJSON
    private let organization: Organization

    /// One shape for each user, in their order.
    static func shapes(
        of users: [User],
        from service: LabelingService
    ) async throws -> [UserShape] {
        let organization = try await service.organizations.organization()
        var shapes: [UserShape] = []
        for user in users {
            let hotkeys = try await service.accounts.hotkeys(of: user)
            shapes.append(UserShape(user: user, hotkeys: hotkeys, organization: organization))
        }
        return shapes
    }

    /// Of one user.
    init(_ user: User, from service: LabelingService) async throws {
        self.user = user
        hotkeys = try await service.accounts.hotkeys(of: user)
        organization = try await service.organizations.organization()
    }

    private init(user: User, hotkeys: RawJSON, organization: Organization) {
        self.user = user
        self.hotkeys = hotkeys
        self.organization = organization
    }

    /// Label Studio's User, and the role on this site; `more` writes further members.
    func write(to writer: inout JSONWriter, _ more: (inout JSONWriter) -> Void = { _ in }) {
        writer.object { writer in
            writer.member("id", user.id)
            writer.member("first_name", user.firstName)
            writer.member("last_name", user.lastName)
            writer.member("username", user.username)
            writer.member("email", user.email)
            writer.member("last_activity", user.lastActivityAt)
            writer.member("custom_hotkeys", hotkeys)
            writer.nullMember("avatar")
            writer.member("initials", user.initials)
            writer.member("phone", user.phone)
            writer.member("active_organization", Int(Organization.number))
            writer.key("active_organization_meta")
            writer.object { writer in
                writer.member("title", organization.title)
                writer.member("email", organization.creatorEmail)
            }
            // Nobody was ever asked.
            writer.nullMember("allow_newsletters")
            writer.member("date_joined", user.joinedAt)
            writer.member("role", user.role.rawValue)
            writer.member("is_active", user.isActive)
            more(&writer)
        }
    }
}
