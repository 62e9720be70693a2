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
            Endpoint(
                .get,
                "/api/media/frames",
                .media,
                "Counts the frames of a film, and says whether they come evenly",
                query: [Self.source],
                answers: [.json(.map(.any))],
                handler: frames
            ),
            Endpoint(
                .get,
                "/api/media/frames/data",
                .media,
                "Gets the times of a film's frames, as doubles",
                query: [Self.source],
                answers: answers,
                handler: framesData
            ),
            Endpoint(
                .get,
                "/api/media/proxy",
                .media,
                "Makes a version of a film that plays everywhere and evenly, and tells how far that is",
                query: Self.proxyQuery,
                answers: [.json(.map(.any))],
                handler: proxy
            ),
            Endpoint(
                .get,
                "/api/media/proxy/data",
                .media,
                "Gets the version of a film that was made",
                query: Self.proxyQuery,
                answers: answers,
                handler: proxyData
            ),
            Endpoint(
                .get,
                "/api/media/tiles",
                .media,
                "Cuts a large image into tiles of several sizes, and tells how far that is",
                query: [Self.source],
                answers: [.json(.map(.any))],
                handler: tiles
            ),
            Endpoint(
                .get,
                "/api/media/tiles/data",
                .media,
                "Gets the tiles that were made, and where each lies",
                query: [Self.source],
                answers: answers,
                handler: tilesData
            ),
            Endpoint(
                .get,
                "/api/media/thumbnail",
                .media,
                "Gets a small picture of an image",
                query: [
                    Self.source,
                    QueryParameter(
                        "side",
                        .integer,
                        "Pixels of the longer side, at most: 160, which is meant without it, or 640."
                    ),
                ],
                answers: answers,
                handler: thumbnail
            ),
        ]
    }

    private static let proxyQuery = [
        source, QueryParameter("rate", .number, "Frames a second; 24 without it."),
    ]

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

    private func peaks(_ call: Call) async throws -> Response {
        Self.response(try await peaksState(call), as: "peaks")
    }

    private func peaksData(_ call: Call) async throws -> Response {
        try await Self.file(of: try await peaksState(call), to: call)
    }

    private func peaksState(_ call: Call) async throws -> DerivedState {
        let channels = try call.query.integer("channels") ?? 1
        return try await service.soundPeaks.state(
            of: path(call),
            channels: Int(clamping: channels)
        )
    }

    private func frames(_ call: Call) async throws -> Response {
        Self.response(try await service.films.index(of: path(call)), as: "frames")
    }

    private func framesData(_ call: Call) async throws -> Response {
        try await Self.file(of: try await service.films.index(of: path(call)), to: call)
    }

    private func proxy(_ call: Call) async throws -> Response {
        Self.response(try await proxyState(call), as: "proxy")
    }

    private func proxyData(_ call: Call) async throws -> Response {
        try await Self.file(of: try await proxyState(call), to: call)
    }

    private func proxyState(_ call: Call) async throws -> DerivedState {
        guard let rate = Double(call.query["rate"] ?? "24") else {
            throw APIError.invalid(field: "rate", "A valid number is required.")
        }
        return try await service.films.proxy(of: path(call), rate: rate)
    }

    private func tiles(_ call: Call) async throws -> Response {
        Self.response(
            try await service.imageTiles.state(of: path(call)),
            as: "tiles",
            progress: "percent"
        )
    }

    private func tilesData(_ call: Call) async throws -> Response {
        try await Self.file(of: try await service.imageTiles.state(of: path(call)), to: call)
    }

    private func thumbnail(_ call: Call) async throws -> Response {
        let pixels = try call.query.integer("side") ?? Int64(Thumbnails.Side.row.rawValue)
        guard let side = Thumbnails.Side(rawValue: Int(clamping: pixels)) else {
            throw APIError.invalid(field: "side", "It is 160 or 640.")
        }
        let file = try await service.thumbnails.file(of: path(call), side)
        return try await MediaFile(path: file).response(to: call)
    }

    /// `{"state": "running", "seconds": …}`, with `progress` as the name, or
    /// `{"state": "ready", …}` with the description.
    private static func response(
        _ state: DerivedState,
        as name: String,
        progress: StaticString = "seconds"
    ) -> Response {
        .json { writer in
            writer.object { writer in
                switch state {
                case .running(let seconds):
                    writer.member("state", "running")
                    writer.member(progress, seconds as Double?)
                case .ready(let description, _):
                    writer.member("state", "ready")
                    writer.key(name)
                    writer.raw(description)
                }
            }
        }
    }

    private static func file(of state: DerivedState, to call: Call) async throws -> Response {
        guard case .ready(_, let file) = state else { throw APIError.notFound }
        return try await MediaFile(path: file).response(to: call)
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
