internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Users and their tokens.
struct UserEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let user = Schema.reference(.user)
        return [
            Endpoint(
                .get,
                "/api/users/",
                .users,
                "Lists all users",
                answers: [.json(.array(user))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/users/",
                .users,
                "Makes a user",
                access: .administrator,
                body: .json(.reference(.newUser)),
                answers: [.json(.created, user)],
                handler: create
            ),
            Endpoint(
                .get,
                "/api/users/{user}/",
                .users,
                "Gets a user",
                answers: [.json(user)],
                handler: get
            ),
            Endpoint(
                .patch,
                "/api/users/{user}/",
                .users,
                "Changes a user",
                body: .json(.reference(.userChanges)),
                answers: [.json(user)],
                handler: update
            ),
            Endpoint(
                .delete,
                "/api/users/{user}/",
                .users,
                "Removes a user",
                access: .administrator,
                answers: [.empty()],
                handler: remove
            ),
            Endpoint(
                .post,
                "/api/users/{user}/reset-token/",
                .users,
                "Gives a user a new API token",
                answers: [.json(.created, .reference(.token))],
                handler: resetToken
            ),
            Endpoint(
                .post,
                "/api/users/{user}/sign-in-link/",
                .users,
                "Makes a link that signs a user in once",
                access: .administrator,
                answers: [.json(.created, .object([.init("path", .string)]))],
                handler: makeSignInLink
            ),
            Endpoint(
                .get,
                "/api/current-user/whoami",
                .users,
                "Tells who asks",
                answers: [.json(user)],
                handler: whoAmI
            ),
            Endpoint(
                .get,
                "/api/current-user/token",
                .users,
                "Tells the API token that the request itself carries",
                answers: [.json(.reference(.token))],
                handler: token
            ),
            Endpoint(
                .post,
                "/api/current-user/reset-token/",
                .users,
                "Makes a new API token",
                answers: [.json(.created, .reference(.token))],
                handler: resetOwnToken
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let users = try await service.accounts.list(by: call.user)
        let shapes = try await UserShape.shapes(of: users, from: service)
        return .json(capacity: 512 * shapes.count) { writer in
            writer.array { writer in
                for shape in shapes { shape.write(to: &writer) }
            }
        }
    }

    private func create(_ call: Call) async throws -> Response {
        let fields = try await call.fields()
        let account = NewAccount(
            email: try fields.requiredString("email"),
            password: try fields.string("password"),
            role: try Self.role(in: fields) ?? .member,
            username: try fields.string("username"),
            firstName: try fields.string("first_name") ?? "",
            lastName: try fields.string("last_name") ?? "",
            phone: try fields.string("phone") ?? ""
        )
        let created = try await service.accounts.create(account, by: call.user)
        return try await answer(created.user, status: .created)
    }

    private func get(_ call: Call) async throws -> Response {
        try await answer(service.accounts.user(call.id("user")))
    }

    private func update(_ call: Call) async throws -> Response {
        let fields = try await call.fields()
        guard !fields.has("email"), !fields.has("date_joined"), !fields.has("last_activity") else {
            throw APIError(
                .methodNotAllowed,
                "field_read_only",
                "The address of a user and its dates cannot be changed."
            )
        }
        var changes = AccountChanges()
        changes.firstName = try fields.string("first_name")
        changes.lastName = try fields.string("last_name")
        changes.username = try fields.string("username")
        changes.phone = try fields.string("phone")
        changes.password = try fields.string("password")
        changes.role = try Self.role(in: fields)
        changes.isActive = try fields.bool("is_active")
        return try await answer(
            service.accounts.update(call.id("user"), changes, by: call.user)
        )
    }

    private func remove(_ call: Call) async throws -> Response {
        try await service.accounts.remove(call.id("user"), by: call.user)
        return .noContent
    }

    private func resetToken(_ call: Call) async throws -> Response {
        Self.answer(
            token: try await service.accounts.resetToken(of: call.id("user"), by: call.user),
            status: .created
        )
    }

    private func makeSignInLink(_ call: Call) async throws -> Response {
        let user = try await service.accounts.user(call.id("user"))
        let token = try await service.accounts.makeSignInLink(for: user.id)
        return .json(.created) { writer in
            writer.object { $0.member("path", "/sign-in/link?token=\(token)") }
        }
    }

    private func whoAmI(_ call: Call) async throws -> Response {
        let user = try call.user
        let shape = try await UserShape(user, from: service)
        return .json { writer in
            shape.write(to: &writer) { writer in
                writer.key("permissions")
                writer.strings(user.permissionNames)
            }
        }
    }

    private func token(_ call: Call) async throws -> Response {
        guard case .token(let token) = call.caller?.proof else {
            throw APIError(
                .conflict,
                "token_not_kept",
                "API tokens are kept as digests only.",
                hint: "Make a new one; it is shown once."
            )
        }
        return Self.answer(token: token)
    }

    private func resetOwnToken(_ call: Call) async throws -> Response {
        let user = try call.user
        return Self.answer(
            token: try await service.accounts.resetToken(of: user.id, by: user),
            status: .created
        )
    }

    private static func role(in fields: BodyFields) throws(APIError) -> User.Role? {
        guard let name = try fields.string("role") else { return nil }
        guard let role = User.Role(rawValue: name) else {
            throw APIError.invalid(
                field: "role",
                "“\(name)” is not a valid choice.",
                hint: "A role is “administrator” or “member”."
            )
        }
        return role
    }

    private func answer(
        _ user: User,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let shape = try await UserShape(user, from: service)
        return .json(status) { shape.write(to: &$0) }
    }

    private static func answer(token: String, status: HTTPResponse.Status = .ok) -> Response {
        .json(status) { writer in
            writer.object { $0.member("token", token) }
        }
    }
}
