internal import Glibc
internal import HTTPTypes
internal import Hummingbird

/// A file that people label, as it is handed to the browser: in ranges, and never as a page.
///
/// Strangers put these files here, so nothing of them may run in the app's origin: the answer is
/// sandboxed, and what a browser could run is a download.
struct MediaFile: Sendable {
    let path: String
    let size: Int
    /// Changes with the file's content, as far as its size and time tell.
    let entityTag: String

    private static let io = FileIO()

    /// - Throws: ``APIError`` 404 when there is no such file.
    init(path: String) throws(APIError) {
        var status = stat()
        guard unsafe stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw APIError.notFound
        }
        self.path = path
        size = Int(status.st_size)
        let nanoseconds = status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec
        entityTag = "\"\(String(size, radix: 16))-\(String(nanoseconds, radix: 16))\""
    }

    func response(to call: Call) async throws -> Response {
        var headers = Self.headers(named: path)
        headers[.eTag] = entityTag
        let request = call.request.headers
        if let known = request[.ifNoneMatch], known == "*" || known.contains(entityTag) {
            return Response(status: .notModified, headers: headers)
        }
        // A range of another version of the file would not fit the part that the client has.
        let isSameVersion = request[.ifRange].map { $0 == entityTag } ?? true
        switch ByteRange(header: isSameVersion ? request[.range] : nil, size: size) {
        case .whole:
            let body = try await Self.io.loadFile(path: path, context: call.context)
            return Response(status: .ok, headers: headers, body: body)
        case .part(let range):
            headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound)/\(size)"
            let body = try await Self.io.loadFile(
                path: path,
                range: range,
                context: call.context
            )
            return Response(status: .partialContent, headers: headers, body: body)
        case .unsatisfiable:
            headers[.contentRange] = "bytes */\(size)"
            return Response(status: .rangeNotSatisfiable, headers: headers)
        }
    }

    /// Headers of a file with this name, which may come from anywhere.
    static func headers(named name: String) -> HTTPFields {
        let type = ContentType(fileName: name)
        var headers: HTTPFields = [
            .acceptRanges: "bytes",
            .cacheControl: "private, max-age=3600",
            .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ]
        // An SVG keeps its type, because a drawing inside <img> runs nothing.
        headers[.contentType] =
            type.isActive && !type.value.hasPrefix("image/")
            ? "text/plain; charset=utf-8" : type.value
        if type.isActive { headers[.contentDisposition] = "attachment" }
        return headers
    }
}
