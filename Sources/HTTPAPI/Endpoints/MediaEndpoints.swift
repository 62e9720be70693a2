internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
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
            Endpoint(
                .get,
                "/api/media/peaks",
                .media,
                "Makes the waveform of a recording, and tells how far that is",
                query: Self.peaksQuery,
                answers: [.json(.map(.any))],
                handler: peaks
            ),
            Endpoint(
                .get,
                "/api/media/peaks/data",
                .media,
                "Gets a waveform that was made",
                query: Self.peaksQuery,
                answers: answers,
                handler: peaksData
            ),
        ]
    }

    private static let source = QueryParameter(
        "src",
        .string,
        "Such as `/data/upload/1/0a1b2c3d-a.wav` or `/data/local-files/?d=a.wav`."
    )
    private static let peaksQuery = [
        source, QueryParameter("channels", .integer, "1, where all are mixed, or 2."),
    ]

    private func upload(_ call: Call) async throws -> Response {
        let path = try await service.imports.media.upload(call.rest())
        return try await MediaFile(path: path).response(to: call)
    }

    private func localFile(_ call: Call) async throws -> Response {
        let path = try await service.imports.media.localFile(call.query["d"] ?? "")
        return try await MediaFile(path: path).response(to: call)
    }

    private func media(_ call: Call) async throws -> Response {
        try await MediaFile(path: path(call)).response(to: call)
    }

    /// `{"state": "running", "seconds": …}`, or `{"state": "ready", "peaks": …}`.
    private func peaks(_ call: Call) async throws -> Response {
        switch try await state(call) {
        case .running(let seconds):
            .json { writer in
                writer.object { writer in
                    writer.member("state", "running")
                    writer.member("seconds", seconds as Double?)
                }
            }
        case .ready(let description, _):
            .json { writer in
                writer.object { writer in
                    writer.member("state", "ready")
                    writer.key("peaks")
                    writer.raw(description)
                }
            }
        }
    }

    private func peaksData(_ call: Call) async throws -> Response {
        guard case .ready(_, let file) = try await state(call) else { throw APIError.notFound }
        return try await MediaFile(path: file).response(to: call)
    }

    private func state(_ call: Call) async throws -> SoundPeaks.State {
        let channels = try call.query.integer("channels") ?? 1
        return try await service.soundPeaks.state(
            of: path(call),
            channels: Int(clamping: channels)
        )
    }

    /// The file that `src` names.
    private func path(_ call: Call) async throws -> String {
        let source = call.query["src"] ?? ""
        let pieces = source.split(separator: "?", maxSplits: 1).map(String.init)
        if source.hasPrefix("/data/upload/"), pieces.count == 1,
            let name = PercentEncoding.decode(source.dropFirst("/data/upload/".count).utf8)
        {
            return try await service.imports.media.upload(name)
        }
        if pieces.count == 2, pieces[0].hasPrefix("/data/local-files"),
            let name = QueryItems(pieces[1])["d"]
        {
            return try await service.imports.media.localFile(name)
        }
        throw APIError(
            .badRequest,
            "media_source_unknown",
            "Only uploaded files and files of media roots can be shown.",
            hint: "Remote addresses are not fetched by this server.",
            place: .pointer("/src")
        )
    }
}
