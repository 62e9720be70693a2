internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Folders and buckets that projects take tasks from, or write annotations to.
///
/// Each direction and kind has paths of its own, as in Label Studio, and the same endpoints there.
struct LinkedStorageEndpoints: Sendable {
    let service: LabelingService

    private static let kinds: [(kind: LinkedStorageSettings.Kind, title: String)] = [
        (.s3, "Amazon S3 and its like"), (.localFiles, "Local files"),
    ]
    /// Clients ask for these too, and then find that there are none.
    private static let kindsElsewhere = ["gcs", "azure", "redis"]
    private static let project = QueryParameter("project", .integer, "The project; needed.")

    var endpoints: [Endpoint] {
        let storage = Schema.reference(.linkedStorage)
        var endpoints: [Endpoint] = []
        for (direction, path) in [
            (LinkedStorageSettings.Direction.imports, "/api/storages"),
            (.exports, "/api/storages/export"),
        ] {
            endpoints.append(
                Endpoint(
                    .get,
                    path + "/",
                    .storages,
                    "Lists storages of a project to \(direction.rawValue)",
                    query: [Self.project],
                    answers: [.json(.array(storage))]
                ) { call in try await list(call, direction, nil) }
            )
            endpoints.append(
                Endpoint(
                    .get,
                    path + "/types",
                    .storages,
                    "Lists kinds of storages to \(direction.rawValue)",
                    answers: [
                        .json(.array(.object([.init("name", .string), .init("title", .string)])))
                    ],
                    handler: types
                )
            )
            for kind in Self.kindsElsewhere {
                endpoints.append(
                    Endpoint(
                        .get,
                        path + "/" + kind + "/",
                        .storages,
                        "Lists storages of a kind that only Label Studio has: none",
                        query: [Self.project],
                        answers: [.json(.array(storage))]
                    ) { call in
                        _ = try await service.projects.project(Self.project(in: call.query))
                        return .json { $0.array { _ in } }
                    }
                )
            }
            for (kind, _) in Self.kinds {
                endpoints += self.endpoints(direction, kind, path + "/" + kind.rawValue)
            }
        }
        return endpoints
    }

    private func endpoints(
        _ direction: LinkedStorageSettings.Direction,
        _ kind: LinkedStorageSettings.Kind,
        _ path: String
    ) -> [Endpoint] {
        let storage = Schema.reference(.linkedStorage)
        let fields = BodyShape.json(.reference(.linkedStorageFields))
        let one = path + "/{storage}"
        return [
            Endpoint(
                .get,
                path + "/",
                .storages,
                "Lists storages of this kind of a project",
                query: [Self.project],
                answers: [.json(.array(storage))]
            ) { call in try await list(call, direction, kind) },
            Endpoint(
                .post,
                path + "/",
                .storages,
                "Links a storage that can be reached",
                body: fields,
                answers: [.json(.created, storage)]
            ) { call in try await create(call, direction, kind) },
            Endpoint(
                .post,
                path + "/validate",
                .storages,
                "Checks whether a storage can be reached",
                body: fields,
                answers: [.empty(.ok)]
            ) { call in try await validate(call, direction, kind) },
            Endpoint(
                .post,
                path + "/files",
                .storages,
                "Lists some objects of a storage that is not linked yet",
                body: fields,
                answers: [
                    .json(
                        .object([
                            .init(
                                "files",
                                .array(
                                    .object([
                                        .init("key", .string), .init("last_modified", .any),
                                        .init("size", .integer),
                                    ])
                                )
                            )
                        ])
                    )
                ]
            ) { call in try await preview(call, direction, kind) },
            Endpoint(.get, one, .storages, "Gets a storage", answers: [.json(storage)]) { call in
                let found = try await self.storage(call, direction, kind)
                return .json { found.write(to: &$0) }
            },
            Endpoint(
                .put,
                one,
                .storages,
                "Changes a storage",
                body: fields,
                answers: [.json(storage)]
            ) { call in try await update(call, direction, kind) },
            Endpoint(
                .patch,
                one,
                .storages,
                "Changes fields of a storage",
                body: fields,
                answers: [.json(storage)]
            ) { call in try await update(call, direction, kind) },
            Endpoint(
                .delete,
                one,
                .storages,
                "Forgets a storage; objects and tasks stay",
                answers: [.empty()]
            ) { call in
                let found = try await self.storage(call, direction, kind)
                try await service.linkedStorages.delete(found.id, by: call.user)
                return .noContent
            },
            Endpoint(
                .post,
                one + "/sync",
                .storages,
                "Synchronizes a storage",
                answers: [.json(storage)]
            ) { call in
                let found = try await self.storage(call, direction, kind)
                let synced = try await service.linkedStorages.synchronize(found, by: call.user)
                return .json { synced.write(to: &$0) }
            },
        ]
    }

    // MARK: Handlers

    private func types(_ call: Call) async throws -> Response {
        .json { writer in
            writer.array { writer in
                for (kind, title) in Self.kinds {
                    writer.object { writer in
                        writer.member("name", kind.rawValue)
                        writer.member("title", title)
                    }
                }
            }
        }
    }

    private func list(
        _ call: Call,
        _ direction: LinkedStorageSettings.Direction,
        _ kind: LinkedStorageSettings.Kind?
    ) async throws -> Response {
        let storages = try await service.linkedStorages.list(
            direction,
            kind,
            of: Self.project(in: call.query)
        )
        return .json { writer in
            writer.array { writer in
                for storage in storages { storage.write(to: &writer) }
            }
        }
    }

    private func create(
        _ call: Call,
        _ direction: LinkedStorageSettings.Direction,
        _ kind: LinkedStorageSettings.Kind
    ) async throws -> Response {
        let fields = try await call.fields()
        var settings = LinkedStorageSettings(direction, kind)
        try settings.read(fields)
        let storage = try await service.linkedStorages.create(
            settings,
            for: try Self.project(in: fields),
            by: call.user
        )
        return .json(.created) { storage.write(to: &$0) }
    }

    /// Checks what a body says, over what is kept of a storage that it names.
    private func validate(
        _ call: Call,
        _ direction: LinkedStorageSettings.Direction,
        _ kind: LinkedStorageSettings.Kind
    ) async throws -> Response {
        let settings = try await sent(call, direction, kind)
        try await service.linkedStorages.check(settings.settings)
        return Response(status: .ok)
    }

    private func preview(
        _ call: Call,
        _ direction: LinkedStorageSettings.Direction,
        _ kind: LinkedStorageSettings.Kind
    ) async throws -> Response {
        let (settings, fields) = try await sent(call, direction, kind)
        let limit = try fields.integer("limit") ?? 100
        let objects = try await service.linkedStorages.preview(
            settings,
            limit: Int(max(1, min(limit, 1_000)))
        )
        return .json { writer in
            writer.object { writer in
                writer.key("files")
                writer.array { writer in
                    for object in objects {
                        writer.object { writer in
                            writer.member("key", object.key)
                            writer.member("last_modified", object.modifiedAt)
                            writer.member("size", object.byteCount as Int64?)
                        }
                    }
                }
            }
        }
    }

    private func sent(
        _ call: Call,
        _ direction: LinkedStorageSettings.Direction,
        _ kind: LinkedStorageSettings.Kind
    ) async throws -> (settings: LinkedStorageSettings, fields: BodyFields) {
        let fields = try await call.fields()
        var settings = LinkedStorageSettings(direction, kind)
        if let id = try fields.integer("id") {
            settings = try await service.linkedStorages.storage(
                LinkedStorageID(id),
                direction,
                kind
            ).settings
        }
        try settings.read(fields)
        return (settings, fields)
    }

    private func update(
        _ call: Call,
        _ direction: LinkedStorageSettings.Direction,
        _ kind: LinkedStorageSettings.Kind
    ) async throws -> Response {
        let current = try await storage(call, direction, kind)
        var settings = current.settings
        try settings.read(try await call.fields())
        let updated = try await service.linkedStorages.update(current, settings, by: call.user)
        return .json { updated.write(to: &$0) }
    }

    private func storage(
        _ call: Call,
        _ direction: LinkedStorageSettings.Direction,
        _ kind: LinkedStorageSettings.Kind
    ) async throws -> LinkedStorage {
        try await service.linkedStorages.storage(call.id("storage"), direction, kind)
    }

    private static func project(in query: QueryItems) throws(APIError) -> ProjectID {
        guard let project = try query.integer("project"), project > 0 else {
            throw APIError.notFound
        }
        return ProjectID(project)
    }

    private static func project(in fields: BodyFields) throws(APIError) -> ProjectID {
        guard let project = try fields.integer("project") else {
            throw APIError.missing(field: "project")
        }
        return ProjectID(project)
    }
}
