internal import HTTPTypes
internal import Hummingbird
internal import LabelingService

/// Files that tasks refer to.
struct MediaEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let answers = Answer.anyFileOrRange
        return [
            Endpoint(
                .get,
                "/data/upload/{path*}",
                .media,
                "Gets an uploaded file",
                answers: answers,
                handler: upload
            ),
            Endpoint(
                .get,
                "/data/local-files/",
                .media,
                "Gets a file of a media root",
                query: [QueryParameter("d", .string, "Path below a media root.")],
                answers: answers,
                handler: localFile
            ),
            Endpoint(
                .get,
                "/api/media",
                .media,
                "Gets the file that a value of a task's data refers to",
                query: [
                    QueryParameter(
                        "src",
                        .string,
                        "Such as `/data/upload/1/0a1b2c3d-a.png` or `/data/local-files/?d=a.png`."
                    )
                ],
                answers: answers,
                handler: media
            ),
        ]
    }

    private func upload(_ call: Call) async throws -> Response {
        let path = try await service.imports.media.upload(call.rest())
        return try await MediaFile(path: path).response(to: call)
    }

    private func localFile(_ call: Call) async throws -> Response {
        let path = try await service.imports.media.localFile(call.query["d"] ?? "")
        return try await MediaFile(path: path).response(to: call)
    }

    private func media(_ call: Call) async throws -> Response {
        let source = call.query["src"] ?? ""
        let pieces = source.split(separator: "?", maxSplits: 1).map(String.init)
        let path: String
        if source.hasPrefix("/data/upload/"), pieces.count == 1,
            let name = PercentEncoding.decode(source.dropFirst("/data/upload/".count).utf8)
        {
            path = try await service.imports.media.upload(name)
        } else if pieces.count == 2, pieces[0].hasPrefix("/data/local-files"),
            let name = QueryItems(pieces[1])["d"]
        {
            path = try await service.imports.media.localFile(name)
        } else {
            throw APIError(
                .badRequest,
                "media_source_unknown",
                "Only uploaded files and files of media roots can be shown.",
                hint: "Remote addresses are not fetched by this server.",
                place: .pointer("/src")
            )
        }
        return try await MediaFile(path: path).response(to: call)
    }
}
