internal import Contracts
internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import LabelingService
internal import NIOCore

/// Objects of clouds that tasks refer to, handed through by this server.
struct CloudMediaEndpoints: Sendable {
    let service: LabelingService

    var endpoints: [Endpoint] {
        let query = [
            QueryParameter(
                "fileuri",
                .string,
                "The object's address, such as `s3://bucket/key`, in URL-safe Base64."
            )
        ]
        let answers = Answer.anyFileOrRange
        return ["presign", "resolve"].flatMap { word in
            [
                Endpoint(
                    .get,
                    "/tasks/{task}/\(word)/",
                    .media,
                    "Gets an object that a task refers to",
                    query: query,
                    answers: answers,
                    handler: ofTask
                ),
                Endpoint(
                    .get,
                    "/projects/{project}/\(word)/",
                    .media,
                    "Gets an object of a storage of a project",
                    query: query,
                    answers: answers,
                    handler: ofProject
                ),
            ]
        }
    }

    private func ofTask(_ call: Call) async throws -> Response {
        let task = try await service.labeling.task(call.id("task"))
        return try await response(to: call, in: task.project)
    }

    private func ofProject(_ call: Call) async throws -> Response {
        try await response(to: call, in: call.id("project"))
    }

    private func response(to call: Call, in project: ProjectID) async throws -> Response {
        guard let text = call.query["fileuri"], !text.isEmpty else {
            throw APIError.missing(field: "fileuri")
        }
        let decoded = Base64.decode(text).flatMap { String(validating: $0, as: UTF8.self) }
        // As Label Studio does, an address that is not encoded is taken as it stands.
        let address = decoded?.contains("://") == true ? decoded ?? text : text
        let (name, stream) = try await service.linkedStorages.media(
            address,
            of: project,
            range: call.request.headers[.range]
        )
        var headers = MediaFile.headers(named: name)
        for (field, wanted) in [
            ("content-length", HTTPField.Name.contentLength),
            ("content-range", .contentRange), ("etag", .eTag),
        ] {
            if let value = stream.head.header(field) { headers[wanted] = value }
        }
        return Response(
            status: HTTPResponse.Status(code: stream.head.status),
            headers: headers,
            body: ResponseBody(asyncSequence: BufferSequence(chunks: stream.chunks))
        )
    }
}

/// Chunks of bytes as the server's buffers.
private struct BufferSequence: AsyncSequence, Sendable {
    typealias Element = ByteBuffer
    typealias Failure = any Error

    let chunks: any AsyncSequence<[UInt8], any Error> & Sendable

    func makeAsyncIterator() -> Iterator { Iterator(chunks: chunks) }

    struct Iterator: AsyncIteratorProtocol {
        private var next: AnyChunks

        init(chunks: any AsyncSequence<[UInt8], any Error> & Sendable) {
            next = AnyChunks(chunks)
        }

        mutating func next() async throws -> ByteBuffer? {
            try await next.next().map { ByteBuffer(bytes: $0) }
        }
    }
}

/// An iterator whose type nobody needs to know.
private struct AnyChunks {
    private var iterator: any AsyncIteratorProtocol<[UInt8], any Error>

    init(_ chunks: any AsyncSequence<[UInt8], any Error>) {
        func open(
            _ chunks: some AsyncSequence<[UInt8], any Error>
        ) -> any AsyncIteratorProtocol<[UInt8], any Error> { chunks.makeAsyncIterator() }
        iterator = open(chunks)
    }

    mutating func next() async throws -> [UInt8]? { try await iterator.next(isolation: nil) }
}
