internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService
internal import NIOCore

/// Whole projects out of one installation and into another.
struct ProjectMoveEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        [
            Endpoint(
                .get,
                "/api/projects/{project}/pack",
                .projects,
                "Packs a project with all that was done in it into one archive",
                query: [
                    QueryParameter("files", .boolean, "False leaves out uploaded files."),
                    QueryParameter(
                        "local_media",
                        .boolean,
                        "True packs files of media roots too that tasks refer to."
                    ),
                ],
                answers: [.file("application/x-tar", "The archive.")],
                handler: pack
            ),
            Endpoint(
                .post,
                "/api/projects/unpack",
                .projects,
                "Makes a project of an archive, all of it or nothing",
                access: .administrator,
                query: [QueryParameter("title", .string, "Another title for the project.")],
                body: BodyShape(content: [
                    ("application/x-tar", .string), ("application/octet-stream", .string),
                    ("multipart/form-data", .any),
                ]),
                answers: [.json(.created, .reference(.unpackedProject))],
                handler: unpack
            ),
        ]
    }

    private func pack(_ call: Call) async throws -> Response {
        let query = call.query
        var options = PackOptions()
        options.includesUploads = try query.bool("files", default: true)
        options.includesLocalMedia = try query.bool("local_media", default: false)
        let archive = try await service.moves.pack(call.id("project"), options, by: call.user)
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/x-tar",
                .contentDisposition: "attachment; filename=\"\(archive.fileName)\"",
                .fileName: archive.fileName,
            ],
            body: ResponseBody { writer in
                // An error in the middle leaves the body without its end, so that no client takes
                // half an archive for a whole one.
                for try await chunk in archive { try await writer.write(ByteBuffer(bytes: chunk)) }
                try await writer.finish(nil)
            }
        )
    }

    private func unpack(_ call: Call) async throws -> Response {
        let unpacked = try await service.moves.unpack(
            Self.archive(call),
            title: call.query["title"],
            by: call.user
        )
        return .json(.created) { unpacked.write(to: &$0) }
    }

    /// The archive's bytes: the body itself, or the first file of a form.
    private static func archive(_ call: Call) async throws -> ByteStream {
        guard call.mediaType == "multipart/form-data" else { return call.bodyStream }
        let reader = try MultipartReader(call)
        while let part = try await reader.nextPart() {
            if part.fileName != nil { return reader.bytes() }
        }
        throw APIError.invalid(
            field: "file",
            "The form has no file.",
            code: "body_field_missing",
            hint: "Send the archive as a file, or as the body itself."
        )
    }
}

extension UnpackedProject {
    fileprivate func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("project", project.id)
            writer.member("title", project.settings.title)
            writer.member("task_count", counts.tasks)
            writer.member("annotation_count", counts.annotations)
            writer.member("version_count", counts.versions)
            writer.member("draft_count", counts.drafts)
            writer.member("prediction_count", counts.predictions)
            writer.member("file_count", counts.files)
            writer.member("known_user_count", counts.knownUsers)
            writer.key("placeholders")
            writer.strings(placeholders)
            writer.key("missing_plugins")
            writer.array { writer in
                for plugin in missingPlugins {
                    writer.object { writer in
                        writer.member("id", plugin.id)
                        writer.member("version", plugin.version)
                    }
                }
            }
        }
    }
}
