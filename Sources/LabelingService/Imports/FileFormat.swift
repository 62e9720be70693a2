/// How a file becomes tasks, by its extension.
enum FileFormat: Hashable, Sendable {
    case json
    /// Rows of a table; the separator, or nil to let the first line decide.
    case table(separator: UInt8?)
    /// Each line is a task.
    case lines
    /// The whole text is one task.
    case text
    /// The file is one task that refers to it.
    case media

    /// - Parameter fileExtension: In lower case, with its dot.
    init?(fileExtension: String) {
        switch fileExtension {
        case ".json": self = .json
        case ".csv": self = .table(separator: nil)
        case ".tsv": self = .table(separator: UInt8(ascii: "\t"))
        case ".txt": self = .lines
        case ".html", ".htm", ".xml": self = .text
        case ".bmp", ".flac", ".gif", ".jpg", ".jpeg", ".m4a", ".mp3", ".ogg", ".png", ".svg",
            ".wav", ".mp4", ".webm", ".webp", ".pdf", ".tif", ".tiff":
            self = .media
        default: return nil
        }
    }

    /// The extension that a media type of a request's body stands for; `.json` for all others.
    static func fileExtension(mediaType: String?) -> String {
        let type = mediaType?.prefix { $0 != ";" && $0 != " " }.lowercased()
        switch type {
        case "text/csv", "application/csv": return ".csv"
        case "text/tab-separated-values": return ".tsv"
        case "text/plain": return ".txt"
        case "text/html": return ".html"
        default: return ".json"
        }
    }
}
