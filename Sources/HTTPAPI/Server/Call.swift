internal import HTTPTypes
internal import Hummingbird
internal import LabelModel
internal import NIOCore
internal import ValueTree

/// One request on its way through an endpoint.
struct Call: Sendable {
    let request: Request
    let context: APIContext
    /// Who asks, where the endpoint wanted to know.
    let caller: Caller?

    /// Who asks.
    ///
    /// - Throws: ``APIError`` 401 when nobody is signed in.
    var user: User {
        get throws(APIError) {
            guard let caller else { throw APIError.unauthenticated }
            return caller.user
        }
    }

    var query: QueryItems { QueryItems(request.uri.query) }

    /// The number that stands in the path under a name.
    ///
    /// - Throws: ``APIError`` 404 when it is no identifier, as for one that is not there.
    func id<ID: Identifier>(_ name: String, as type: ID.Type = ID.self) throws(APIError) -> ID {
        guard let text = context.parameters.get(name), let number = Int64(text), number > 0 else {
            throw APIError.notFound
        }
        return ID(rawValue: number)
    }

    /// The text that stands in the path under a name, decoded.
    func name(_ name: String) throws(APIError) -> String {
        guard let text = context.parameters.get(name),
            let decoded = PercentEncoding.decode(text.utf8), !decoded.isEmpty
        else { throw APIError.notFound }
        return decoded
    }

    /// The rest of the path after the endpoint's own, decoded.
    func rest() throws(APIError) -> String {
        let text = context.parameters.getCatchAll().joined(separator: "/")
        guard let decoded = PercentEncoding.decode(text.utf8), !decoded.isEmpty else {
            throw APIError.notFound
        }
        return decoded
    }

    /// Media type of the body without parameters, in lower case.
    var mediaType: String? {
        request.headers[.contentType].map { HeaderValue($0).value }
    }

    /// The whole body; one that is larger than `limit` bytes is refused with 413.
    func body(limit: Int = BodyLimits.settings) async throws -> [UInt8] {
        if let announced = request.headers[.contentLength].flatMap({ Int($0) }), announced > limit {
            throw APIError.bodyTooLarge(limit: limit)
        }
        do {
            let buffer = try await request.body.collect(upTo: limit)
            return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
            throw APIError.bodyTooLarge(limit: limit)
        }
    }

    /// The body as a JSON object or a form; an empty body counts as an empty object.
    func fields(limit: Int = BodyLimits.settings) async throws -> BodyFields {
        if mediaType == "multipart/form-data" { return try await formFields(limit: limit) }
        return try await BodyFields(bytes: body(limit: limit), mediaType: mediaType)
    }

    /// Plain fields of a multipart form; files in it are passed over.
    private func formFields(limit: Int) async throws -> BodyFields {
        let reader = try MultipartReader(self)
        var fields: [String: String] = [:]
        var count = 0
        while let part = try await reader.nextPart() {
            var text: [UInt8] = []
            for try await bytes in reader.bytes() {
                count += bytes.count
                guard count <= limit else { throw APIError.bodyTooLarge(limit: limit) }
                if part.fileName == nil { text += bytes }
            }
            if part.fileName == nil { fields[part.name] = String(decoding: text, as: UTF8.self) }
        }
        return BodyFields(fields)
    }
}

/// How large bodies may be, in bytes.
///
/// Imports have limits of their own, from the settings.
enum BodyLimits {
    /// Users, sign-in, switches: a page of text.
    static let settings = 1024 * 1024
    /// A project with its labeling config; the config's own limit gives the better message.
    static let project = 128 * 1024 * 1024
    /// Annotations, drafts, predictions and single tasks.
    static let annotation = 64 * 1024 * 1024
}
