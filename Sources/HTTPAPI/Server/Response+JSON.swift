internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import NIOCore

extension Response {
    /// An answer whose body is what was written.
    init(status: HTTPResponse.Status = .ok, headers: HTTPFields = [:], json writer: JSONWriter) {
        var headers = headers
        headers[.contentType] = "application/json"
        self.init(
            status: status,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes))
        )
    }

    /// An answer whose body is one JSON value.
    static func json(
        _ status: HTTPResponse.Status = .ok,
        capacity: Int = 1024,
        _ write: (inout JSONWriter) throws -> Void
    ) rethrows -> Response {
        var writer = JSONWriter(capacity: capacity)
        try write(&writer)
        return Response(status: status, json: writer)
    }

    static let noContent = Response(status: .noContent)
}

extension JSONWriter {
    /// Writes an array of strings.
    mutating func strings(_ strings: some Sequence<String>) {
        array { writer in
            for string in strings { writer.value(string) }
        }
    }

    /// Writes an array of identifiers.
    mutating func identifiers<ID: Identifier>(_ ids: some Sequence<ID>) {
        array { writer in
            for id in ids { writer.value(id) }
        }
    }

    /// Writes stored text, or `null`.
    mutating func member(_ name: StaticString, raw value: RawJSON?) {
        key(name)
        self.value(value ?? .null)
    }
}
