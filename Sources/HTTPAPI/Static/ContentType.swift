/// What a file is, told by its extension.
struct ContentType: Equatable, Sendable {
    /// Value of the header `Content-Type`.
    let value: String
    /// A browser that shows it as a page runs what is inside.
    let isActive: Bool

    private init(_ value: String, isActive: Bool = false) {
        self.value = value
        self.isActive = isActive
    }

    /// The type of a file with this name; bytes without meaning when the extension says nothing.
    init(fileName: String) {
        let name = fileName.split(separator: "/").last ?? ""
        let dot = name.lastIndex(of: ".")
        let ending = dot.map { name[name.index(after: $0)...].lowercased() } ?? ""
        self = Self.byExtension[ending] ?? ContentType("application/octet-stream")
    }

    private static let byExtension: [String: ContentType] = [
        // Of the web app and of plugins.
        "js": ContentType("text/javascript; charset=utf-8", isActive: true),
        "mjs": ContentType("text/javascript; charset=utf-8", isActive: true),
        "css": ContentType("text/css; charset=utf-8", isActive: true),
        "html": ContentType("text/html; charset=utf-8", isActive: true),
        "htm": ContentType("text/html; charset=utf-8", isActive: true),
        "xhtml": ContentType("application/xhtml+xml", isActive: true),
        "svg": ContentType("image/svg+xml", isActive: true),
        "xml": ContentType("application/xml", isActive: true),
        "wasm": ContentType("application/wasm", isActive: true),
        "woff2": ContentType("font/woff2"),
        "ico": ContentType("image/x-icon"),
        "map": ContentType("application/json"),
        // What people label.
        "avif": ContentType("image/avif"),
        "bmp": ContentType("image/bmp"),
        "gif": ContentType("image/gif"),
        "jpeg": ContentType("image/jpeg"),
        "jpg": ContentType("image/jpeg"),
        "png": ContentType("image/png"),
        "tif": ContentType("image/tiff"),
        "tiff": ContentType("image/tiff"),
        "webp": ContentType("image/webp"),
        "flac": ContentType("audio/flac"),
        "m4a": ContentType("audio/mp4"),
        "mp3": ContentType("audio/mpeg"),
        "ogg": ContentType("audio/ogg"),
        "opus": ContentType("audio/ogg"),
        "wav": ContentType("audio/wav"),
        "mp4": ContentType("video/mp4"),
        "mov": ContentType("video/quicktime"),
        "ogv": ContentType("video/ogg"),
        "webm": ContentType("video/webm"),
        "csv": ContentType("text/csv; charset=utf-8"),
        "json": ContentType("application/json"),
        "jsonl": ContentType("application/x-ndjson"),
        "geojson": ContentType("application/geo+json"),
        "md": ContentType("text/plain; charset=utf-8"),
        "pdf": ContentType("application/pdf", isActive: true),
        "tsv": ContentType("text/tab-separated-values; charset=utf-8"),
        "txt": ContentType("text/plain; charset=utf-8"),
    ]
}
