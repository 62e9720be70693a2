internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService

/// Snapshots: exports that are kept as files.
struct SnapshotEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let snapshot = Schema.reference(.snapshot)
        return [
            Endpoint(
                .get,
                "/api/projects/{project}/exports/",
                .exports,
                "Lists snapshots of a project, the newest first",
                answers: [.json(.array(snapshot))],
                handler: list
            ),
            Endpoint(
                .post,
                "/api/projects/{project}/exports/",
                .exports,
                "Makes a snapshot",
                body: BodyShape(
                    content: [("application/json", .reference(.snapshotFields))],
                    isRequired: false
                ),
                answers: [.json(.created, snapshot)],
                handler: create
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/exports/{export}",
                .exports,
                "Gets a snapshot and how far it is",
                answers: [.json(snapshot)],
                handler: get
            ),
            Endpoint(
                .delete,
                "/api/projects/{project}/exports/{export}",
                .exports,
                "Deletes a snapshot with its files, or gives it up",
                answers: [.empty()],
                handler: delete
            ),
            Endpoint(
                .post,
                "/api/projects/{project}/exports/{export}/convert",
                .exports,
                "Makes another format of a snapshot",
                body: .json(
                    .object([
                        .init("export_type", .string), .optional("download_resources", .boolean),
                    ])
                ),
                answers: [
                    .json(
                        .object([
                            .init("export_type", .string), .init("converted_format", .integer),
                        ])
                    )
                ],
                handler: convert
            ),
            Endpoint(
                .get,
                "/api/projects/{project}/exports/{export}/download",
                .exports,
                "Downloads a snapshot, in its own format or another",
                query: [
                    QueryParameter("exportType", .string, "Name of the format; `JSON` if absent.")
                ],
                answers: Answer.anyFileOrRange,
                handler: download
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let snapshots = try await service.snapshots.list(of: call.id("project"))
        let users = try await service.accounts.names(snapshots.map(\.job.user))
        return .json { writer in
            writer.array { writer in
                for snapshot in snapshots {
                    snapshot.write(to: &writer, by: users[snapshot.job.user])
                }
            }
        }
    }

    private func create(_ call: Call) async throws -> Response {
        let user = try call.user
        let snapshot = try await service.snapshots.create(
            body: call.body(),
            of: call.id("project"),
            by: user
        )
        return .json(.created) { snapshot.write(to: &$0, by: user, isFresh: true) }
    }

    private func get(_ call: Call) async throws -> Response {
        let snapshot = try await service.snapshots.snapshot(
            call.id("export"),
            of: call.id("project")
        )
        let users = try await service.accounts.names([snapshot.job.user])
        return .json { snapshot.write(to: &$0, by: users[snapshot.job.user]) }
    }

    private func delete(_ call: Call) async throws -> Response {
        try await service.snapshots.delete(
            call.id("export"),
            of: call.id("project"),
            by: call.user
        )
        return .noContent
    }

    private func convert(_ call: Call) async throws -> Response {
        let format = try await call.fields().requiredString("export_type")
        let job = try await service.snapshots.convert(
            call.id("export"),
            of: call.id("project"),
            to: format,
            by: call.user
        )
        return .json { writer in
            writer.object { writer in
                writer.member("export_type", format)
                writer.member("converted_format", job.id)
            }
        }
    }

    private func download(_ call: Call) async throws -> Response {
        let query = call.query
        let file = try await service.snapshots.file(
            call.id("export"),
            of: call.id("project"),
            format: query["exportType"] ?? query["export_type"],
            by: call.user
        )
        var response = try await MediaFile(path: file.path).response(to: call)
        let name = file.name.filter { $0.isASCII && $0 != "\"" && $0 != "\\" }
        response.headers[.contentType] = file.mediaType
        response.headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        response.headers[.fileName] = name
        response.headers[.cacheControl] = "no-store"
        return response
    }
}
