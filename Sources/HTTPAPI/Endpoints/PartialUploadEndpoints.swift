internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService
internal import NIOCore

/// Files that come in pieces, so that one that broke off goes on where it was.
struct PartialUploadEndpoints: Sendable {
    let service: LabelingService

    private static let path = "/api/projects/{project}/uploads"

    var endpoints: [Endpoint] {
        let received = [Answer.json(.object([.init("received", .integer)]))]
        return [
            Endpoint(
                .get,
                Self.path + "/{upload}",
                .imports,
                "Tells how many bytes of a file have come",
                answers: received
            ) { call in
                try await Self.response(service.imports.partials.received(name(call)))
            },
            Endpoint(
                .patch,
                Self.path + "/{upload}",
                .imports,
                "Takes the next piece of a file",
                query: [QueryParameter("offset", .integer, "Bytes that have come before.")],
                body: BodyShape(content: [("application/octet-stream", .string)]),
                answers: received
            ) { call in
                let count = try await service.imports.partials.append(
                    call.bodyStream,
                    to: name(call),
                    at: call.query.integer("offset") ?? 0
                )
                return Self.response(count)
            },
            Endpoint(
                .delete,
                Self.path + "/{upload}",
                .imports,
                "Gives up a file that comes in pieces",
                answers: [.empty()]
            ) { call in
                try await service.imports.partials.discard(name(call))
                return .noContent
            },
            Endpoint(
                .post,
                Self.path,
                .imports,
                "Imports files that came in pieces",
                body: .json(
                    .object([
                        .init("files", .map(.string)), .optional("source", .string),
                        .optional("settings", .map(.any)),
                    ])
                ),
                answers: [.json(.created, .reference(.importAnswer))],
                handler: importFiles
            ),
        ]
    }

    /// Names the upload of a path, in a project that is there.
    private func name(_ call: Call) async throws -> PartialUploads.Name {
        let project: ProjectID = try call.id("project")
        _ = try await service.projects.project(project)
        return try PartialUploads.Name(call.name("upload"), of: project, by: call.user)
    }

    private func importFiles(_ call: Call) async throws -> Response {
        let project: ProjectID = try call.id("project")
        let user = try call.user
        let fields = try await call.fields(limit: BodyLimits.annotation)
        guard let files = try fields.texts("files"), !files.isEmpty else {
            throw APIError.missing(field: "files")
        }
        let answer = try await service.imports.importPartials(
            try files.sorted { $0.value < $1.value }
                .map { id, path in
                    (upload: try PartialUploads.Name(id, of: project, by: user), path: path)
                },
            with: try fields.string("source"),
            settings: try fields.object("settings").map(\.bytes),
            into: project,
            by: user
        )
        return ImportEndpoints.response(answer, withIDs: false)
    }

    private static func response(_ received: Int64) -> Response {
        .json { writer in
            writer.object { $0.member("received", received) }
        }
    }
}
