internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService
internal import NIOCore

/// Bringing tasks in.
struct ImportEndpoints: Sendable {
    let service: LabelingService
    let settings: APISettings

    var endpoints: [Endpoint] {
        let answer = [Answer.json(.created, .reference(.importAnswer))]
        let query = [
            QueryParameter("commit_to_project", .boolean, "False only reads and checks."),
            QueryParameter("return_task_ids", .boolean, "Lists the new tasks' ids."),
            QueryParameter(
                "preannotated_from_fields",
                .string,
                "Data fields, with commas between them, that become predictions."
            ),
        ]
        return [
            Endpoint(
                .post,
                "/api/projects/{project}/import",
                .imports,
                "Imports tasks from JSON, CSV, TSV or text",
                query: query,
                body: .tasks,
                answers: answer,
                handler: importTasks
            ),
            Endpoint(
                .post,
                "/api/projects/{project}/tasks/bulk/",
                .imports,
                "Imports tasks from a JSON array",
                query: query,
                body: .tasks,
                answers: answer,
                handler: importTasks
            ),
            Endpoint(
                .post,
                "/api/projects/{project}/reimport",
                .imports,
                "Imports files again that were uploaded before",
                body: .json(.object([.init("file_upload_ids", .array(.integer))])),
                answers: answer,
                handler: reimport
            ),
            Endpoint(
                .post,
                "/api/projects/{project}/import-sources/{name}",
                .imports,
                "Runs an import source over a folder of a media root",
                body: .json(.object([.init("path", .string), .optional("settings", .map(.any))])),
                answers: answer,
                handler: importFolder
            ),
            Endpoint(
                .post,
                "/api/projects/{project}/folder",
                .imports,
                "Uploads a folder and runs an import source over it",
                query: [
                    QueryParameter(
                        "source",
                        .string,
                        "Name of the import source; `local-folder` if absent."
                    ),
                    QueryParameter("settings", .string, "JSON object with the source's settings."),
                ],
                body: .files,
                answers: answer,
                handler: uploadFolder
            ),
        ]
    }

    // MARK: Tasks

    private func importTasks(_ call: Call) async throws -> Response {
        let project: ProjectID = try call.id("project")
        let query = call.query
        var options = ImportOptions()
        options.commits = try query.bool("commit_to_project", default: true)
        options.preannotatedFromFields = (query["preannotated_from_fields"] ?? "")
            .split(separator: ",").map { $0.trimmingSpaces() }
        let withIDs = try query.bool("return_task_ids", default: false)
        let answer =
            switch call.mediaType {
            case "multipart/form-data":
                try await importParts(call, into: project, options)
            case "application/x-www-form-urlencoded":
                try await importForm(call, into: project, options)
            default:
                try await service.imports.importBody(
                    call.bodyStream,
                    mediaType: call.mediaType,
                    into: project,
                    options: options,
                    by: call.user
                )
            }
        return Self.response(answer, withIDs: withIDs)
    }

    private func importParts(
        _ call: Call,
        into project: ProjectID,
        _ options: ImportOptions
    ) async throws -> ImportAnswer {
        let reader = try MultipartReader(call)
        let session = try await service.imports.begin(
            into: project,
            options: options,
            by: call.user
        )
        do {
            while let part = try await reader.nextPart() {
                guard let name = part.fileName else { continue }
                try await session.add(
                    name: name,
                    mediaType: part.mediaType,
                    bytes: reader.bytes()
                )
            }
            return try await session.finish()
        } catch {
            await session.cancel()
            throw error
        }
    }

    /// Label Studio's form: `url` is JSON text, or an address to fetch.
    private func importForm(
        _ call: Call,
        into project: ProjectID,
        _ options: ImportOptions
    ) async throws -> ImportAnswer {
        let text = try await call.fields(limit: BodyLimits.annotation).requiredString("url")
        guard let first = text.utf8.first(where: { $0 > 0x20 }),
            first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
        else {
            return try await service.imports.importAddress(
                text,
                into: project,
                options: options,
                by: call.user
            )
        }
        let bytes = AsyncThrowingStream<[UInt8], any Error> { continuation in
            continuation.yield(Array(text.utf8))
            continuation.finish()
        }
        return try await service.imports.importBody(
            bytes,
            mediaType: "application/json",
            into: project,
            options: options,
            by: call.user
        )
    }

    private func reimport(_ call: Call) async throws -> Response {
        let project: ProjectID = try call.id("project")
        let ids = try await call.fields().integers("file_upload_ids") ?? []
        let answer = try await service.imports.reimport(
            ids.map(FileUploadID.init(rawValue:)),
            into: project,
            by: call.user
        )
        return Self.response(answer, withIDs: false)
    }

    // MARK: Folders

    private func importFolder(_ call: Call) async throws -> Response {
        let project: ProjectID = try call.id("project")
        let fields = try await call.fields()
        let answer = try await service.imports.importFolder(
            try fields.requiredString("path"),
            with: call.name("name"),
            settings: try fields.object("settings").map(\.bytes),
            into: project,
            by: call.user
        )
        return Self.response(answer, withIDs: false)
    }

    private func uploadFolder(_ call: Call) async throws -> Response {
        let project: ProjectID = try call.id("project")
        let reader = try MultipartReader(call)
        let upload = try await service.imports.beginFolder(
            into: project,
            with: call.query["source"] ?? "local-folder",
            settings: call.query["settings"].flatMap { $0.isEmpty ? nil : Array($0.utf8) },
            by: call.user
        )
        do {
            while let part = try await reader.nextPart() {
                guard let name = part.fileName else { continue }
                try await upload.add(name: name, bytes: reader.bytes())
            }
            return Self.response(try await upload.finish(), withIDs: false)
        } catch {
            await upload.cancel()
            throw error
        }
    }

    // MARK: Answers

    static func response(_ answer: ImportAnswer, withIDs: Bool) -> Response {
        .json(.created) { writer in
            writer.object { writer in
                writer.member("task_count", answer.taskCount)
                writer.member(
                    "annotation_count",
                    answer.isCommitted ? answer.annotationCount : nil
                )
                writer.member(
                    "prediction_count",
                    answer.isCommitted ? answer.predictionCount : nil
                )
                writer.member("duration", answer.durationSeconds)
                writer.key("file_upload_ids")
                writer.identifiers(answer.fileUploadIDs)
                writer.member("could_be_tasks_list", answer.couldBeTasksList)
                writer.key("found_formats")
                writer.object { writer in
                    for (format, count) in answer.foundFormats.sorted(by: { $0.key < $1.key }) {
                        writer.key(format)
                        writer.value(count)
                    }
                }
                writer.key("data_columns")
                writer.strings(answer.dataColumns)
                if withIDs {
                    writer.key("task_ids")
                    writer.identifiers(answer.taskIDs)
                }
                if !answer.losses.entries.isEmpty {
                    writer.key("losses")
                    writer.losses(answer.losses)
                }
            }
        }
    }
}

extension Call {
    /// The body in the chunks in which it arrives.
    var bodyStream: ByteStream {
        request.body.map { Array($0.readableBytesView) }
    }
}
