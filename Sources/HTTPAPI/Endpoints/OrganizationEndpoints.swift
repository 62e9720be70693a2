internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// The organization, its members and invitations.
struct OrganizationEndpoints: Sendable {
    let service: LabelingService
    let settings: APISettings

    var endpoints: [Endpoint] {
        let organization = Schema.reference(.organization)
        let changes = BodyShape.json(
            .object([.optional("title", .string), .optional("contact_info", .string)])
        )
        let invitation = Schema.object([.init("token", .string), .init("invite_url", .string)])
        return [
            Endpoint(
                .get,
                "/api/organizations/",
                .users,
                "Lists organizations: there is one",
                answers: [.json(.array(.map(.any)))],
                handler: list
            ),
            Endpoint(
                .get,
                "/api/organizations/{organization}",
                .users,
                "Gets the organization",
                answers: [.json(organization)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/organizations/{organization}",
                .users,
                "Changes the organization",
                access: .administrator,
                body: changes,
                answers: [.json(organization)],
                handler: update
            ),
            Endpoint(
                .patch,
                "/api/organizations/{organization}",
                .users,
                "Changes fields of the organization",
                access: .administrator,
                body: changes,
                answers: [.json(organization)],
                handler: update
            ),
            Endpoint(
                .get,
                "/api/organizations/{organization}/memberships",
                .users,
                "Lists members",
                query: [
                    .page, .pageSize,
                    QueryParameter(
                        "contributed_to_projects",
                        .boolean,
                        "Tells projects that they made and annotated in."
                    ),
                ],
                answers: [.json(.reference(.membershipPage))],
                handler: members
            ),
            Endpoint(
                .get,
                "/api/organizations/{organization}/memberships/{user}/",
                .users,
                "Gets a member, with what they did",
                answers: [.json(.map(.any))],
                handler: member
            ),
            Endpoint(
                .delete,
                "/api/organizations/{organization}/memberships/{user}/",
                .users,
                "Takes a member out",
                access: .administrator,
                answers: [.empty()],
                handler: remove
            ),
            Endpoint(
                .get,
                "/api/invite",
                .users,
                "Gets the link that makes members of whom it is given to",
                access: .administrator,
                answers: [.json(invitation)],
                handler: invite
            ),
            Endpoint(
                .post,
                "/api/invite/reset-token",
                .users,
                "Makes the links that were given away invalid, and a new one",
                access: .administrator,
                answers: [.json(.created, invitation)],
                handler: resetInvite
            ),
        ]
    }

    // MARK: The organization

    private func list(_ call: Call) async throws -> Response {
        let organization = try await service.organizations.organization()
        return .json { writer in
            writer.array { writer in
                writer.object { writer in
                    writer.member("id", Organization.number)
                    writer.member("title", organization.title)
                    writer.member("contact_info", organization.contactInfo)
                    writer.member("created_at", organization.createdAt)
                }
            }
        }
    }

    private func get(_ call: Call) async throws -> Response {
        try Self.requireNumber(call)
        return try await Self.answer(service.organizations.organization(), call.user)
    }

    private func update(_ call: Call) async throws -> Response {
        try Self.requireNumber(call)
        let fields = try await call.fields()
        let organization = try await service.organizations.update(
            title: fields.string("title"),
            contactInfo: fields.string("contact_info"),
            by: call.user
        )
        return try Self.answer(organization, call.user)
    }

    private static func requireNumber(_ call: Call) throws {
        let id: UserID = try call.id("organization")
        guard id.rawValue == Organization.number else { throw APIError.notFound }
    }

    /// The token of invitations is shown to those who may invite.
    private static func answer(_ organization: Organization, _ user: User) throws -> Response {
        let mayInvite = user.role == .administrator
        return .json { writer in
            writer.object { writer in
                writer.member("id", Organization.number)
                writer.member("title", organization.title)
                writer.member("token", mayInvite ? organization.inviteToken : nil)
                writer.member("contact_info", organization.contactInfo)
                writer.member("created_at", organization.createdAt)
                writer.member("updated_at", organization.updatedAt)
                writer.member("created_by", organization.createdBy)
                writer.key("users")
                writer.identifiers(organization.members.map(\.id))
            }
        }
    }

    // MARK: Members

    private func members(_ call: Call) async throws -> Response {
        try Self.requireNumber(call)
        let query = call.query
        let all = try await service.organizations.organization().members
        // -1 asks for everyone on one page.
        let isWhole = query["page_size"] == "-1"
        let page =
            isWhole
            ? PageNumber(number: 1, size: max(1, all.count))
            : try PageNumber(query, standard: 20, largest: 1000)
        let shown = all.dropFirst((page.number - 1) * page.size).prefix(page.size)
        guard page.number == 1 || !shown.isEmpty else { throw APIError.noSuchPage }
        let activity =
            try query.bool("contributed_to_projects", default: false)
            ? try await MemberActivity(service) : nil
        let shapes = try await UserShape.shapes(of: Array(shown), from: service)
        let answer = PagedAnswer(
            page: page,
            total: all.count,
            path: "/api/organizations/\(Organization.number)/memberships",
            query: query
        )
        return .json(capacity: 1024 * shown.count) { writer in
            answer.write(to: &writer) { writer in
                for shape in shapes {
                    let id = shape.user.id
                    writer.object { writer in
                        writer.member("id", id)
                        writer.member("organization", Organization.number)
                        writer.key("user")
                        shape.write(to: &writer) { activity.write(of: id, to: &$0) }
                        activity.write(of: id, to: &writer)
                    }
                }
            }
        }
    }

    private func member(_ call: Call) async throws -> Response {
        try Self.requireNumber(call)
        let user = try await service.accounts.user(call.id("user"))
        guard user.isActive else { throw APIError.notFound }
        let activity = try await MemberActivity(service)
        let told = try call.query.bool("contributed_to_projects", default: false) ? activity : nil
        return .json { writer in
            writer.object { writer in
                writer.member("user", user.id)
                writer.member("organization", Organization.number)
                writer.member("contributed_projects_count", activity.projectCount(of: user.id))
                writer.member("annotations_count", activity.annotationCount(of: user.id))
                writer.member("created_at", user.joinedAt)
                told.write(of: user.id, to: &writer)
            }
        }
    }

    private func remove(_ call: Call) async throws -> Response {
        try Self.requireNumber(call)
        let id: UserID = try call.id("user")
        guard try call.user.id != id else {
            throw APIError(
                .methodNotAllowed,
                "forbidden",
                "Nobody can take themselves out.",
                hint: "Ask another administrator."
            )
        }
        try await service.organizations.remove(id, by: call.user)
        return .noContent
    }

    // MARK: Invitations

    private func invite(_ call: Call) async throws -> Response {
        answer(invitation: try await service.organizations.inviteToken(), status: .ok)
    }

    private func resetInvite(_ call: Call) async throws -> Response {
        answer(
            invitation: try await service.organizations.resetInviteToken(by: call.user),
            status: .created
        )
    }

    private func answer(invitation token: String, status: HTTPResponse.Status) -> Response {
        .json(status) { writer in
            writer.object { writer in
                writer.member("token", token)
                writer.member(
                    "invite_url",
                    "\(settings.publicURL ?? "")/user/signup/?token=\(token)"
                )
            }
        }
    }
}
