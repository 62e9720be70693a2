internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService
internal import ValueTree

/// Files that were uploaded to import tasks from.
struct FileEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let file = Schema.reference(.fileUpload)
        return [
            Endpoint(
                .get,
                "/api/projects/{project}/file-uploads",
                .imports,
                "Lists files that were uploaded to a project",
                query: [
                    QueryParameter("all", .boolean, "All of them."),
                    QueryParameter("ids", .string, "JSON array of ids: only these."),
                ],
                answers: [.json(.array(file))],
                handler: list
            ),
            Endpoint(
                .delete,
                "/api/projects/{project}/file-uploads",
                .imports,
                "Deletes uploaded files",
                body: .json(.object([.optional("file_upload_ids", .array(.integer))])),
                answers: [.json(.object([.init("deleted", .integer)]))],
                handler: deleteMany
            ),
            Endpoint(
                .get,
                "/api/import/file-upload/{file}",
                .imports,
                "Gets an uploaded file's record",
                answers: [.json(file)],
                handler: get
            ),
            Endpoint(
                .put,
                "/api/import/file-upload/{file}",
                .imports,
                "Gets an uploaded file's record; files are never replaced",
                answers: [.json(file)],
                handler: get
            ),
            Endpoint(
                .patch,
                "/api/import/file-upload/{file}",
                .imports,
                "Gets an uploaded file's record; files are never replaced",
                answers: [.json(file)],
                handler: get
            ),
            Endpoint(
                .delete,
                "/api/import/file-upload/{file}",
                .imports,
                "Deletes an uploaded file",
                answers: [.empty()],
                handler: delete
            ),
        ]
    }

    private func list(_ call: Call) async throws -> Response {
        let project: ProjectID = try call.id("project")
        let query = call.query
        var files = try await service.imports.files(of: project)
        if let ids = try Self.ids(in: query["ids"]) {
            files.removeAll { !ids.contains($0.id.rawValue) }
        } else if try !query.bool("all", default: false),
            try await !service.projects.project(project).settings.isDraft
        {
            // As Label Studio's: nothing is listed that was not asked for.
            files = []
        }
        return .json { writer in
            writer.array { writer in
                for file in files { file.write(to: &writer) }
            }
        }
    }

    private func deleteMany(_ call: Call) async throws -> Response {
        let project: ProjectID = try call.id("project")
        let ids = try await call.fields().integers("file_upload_ids")
        let count = try await service.imports.deleteFiles(
            ids.map { $0.map(FileUploadID.init(rawValue:)) },
            of: project,
            by: call.user
        )
        return .json { writer in
            writer.object { $0.member("deleted", count) }
        }
    }

    private func get(_ call: Call) async throws -> Response {
        let file = try await service.imports.file(call.id("file"))
        return .json { file.write(to: &$0) }
    }

    private func delete(_ call: Call) async throws -> Response {
        let file = try await service.imports.file(call.id("file"))
        _ = try await service.imports.deleteFiles([file.id], of: file.project, by: call.user)
        return .noContent
    }

    private static func ids(in text: String?) throws(APIError) -> [Int64]? {
        guard let text, !text.isEmpty else { return nil }
        guard let list = try? JSONText(parsing: text), list.kind == .array else {
            throw APIError.invalid(field: "ids", "A JSON array of ids is required.")
        }
        return list.elements.compactMap(\.int64)
    }
}

extension FileUpload {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", id)
            writer.member("file", "upload/\(path)")
            writer.member("size", byteCount)
        }
    }
}
