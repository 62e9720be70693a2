internal import Crypto
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// The web app's files, read once at the start.
///
/// They are served below a path that holds a digest of them all, so that browsers may keep them
/// for ever and never mix files of two versions.
struct StaticFiles: Sendable {
    /// `/static/` and 16 hexadecimal digits.
    let prefix: String
    private let files: [String: [UInt8]]

    /// Reads a folder and what is below it; files whose names begin with a dot are left out.
    ///
    /// - Throws: What the file system says when the folder cannot be read.
    init(directory: String) throws {
        var files: [String: [UInt8]] = [:]
        var digest = SHA256()
        let root = URL(filePath: directory).resolvingSymlinksInPath()
        let paths = try FileManager.default
            .subpathsOfDirectory(atPath: root.path(percentEncoded: false))
        for path in paths.sorted() {
            guard !path.split(separator: "/").contains(where: { $0.hasPrefix(".") }) else {
                continue
            }
            // Folders are in the list too.
            guard let data = try? Data(contentsOf: root.appending(path: path)) else { continue }
            files[path] = Array(data)
            digest.update(data: Array(path.utf8))
            digest.update(data: [0])
            digest.update(data: data)
        }
        self.files = files
        let hash = digest.finalize().prefix(8).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 0xF, radix: 16)
        }
        prefix = "/static/" + hash.joined()
    }

    /// Text of a page.
    ///
    /// - Throws: ``MissingFile`` when it is not there.
    func page(_ path: String) throws -> String {
        guard let bytes = files[path] else { throw MissingFile(path: path) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// A folder without this file is not the web app's.
    struct MissingFile: Error {
        let path: String
    }

    /// The file at a path below ``prefix``, or nil when there is none.
    func response(path: String) -> Response? {
        guard let bytes = files[path] else { return nil }
        return Response.immutable(bytes, named: path)
    }
}

extension Response {
    /// A file under an address that names its content.
    static func immutable(_ bytes: [UInt8], named name: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: ContentType(fileName: name).value,
                .cacheControl: "public, max-age=31536000, immutable",
                // Frames of plugins have an origin of their own and load these files too; whoever
                // asks, nothing in them is secret.
                .accessControlAllowOrigin: "*",
                // A worker made from a file obeys the file's own policy.
                .contentSecurityPolicy:
                    "default-src 'none'; script-src 'self'; connect-src 'self'; base-uri 'none'; "
                    + "frame-ancestors 'none'",
            ],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
