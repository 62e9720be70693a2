internal import ArgumentParser

/// Where the data is kept.
enum DatabaseAddress: Hashable, Sendable {
    /// A file of the embedded engine.
    case sqlite(path: String)

    /// Reads `sqlite:PATH` or `sqlite:///PATH`.
    ///
    /// - Throws: `ValidationError` for anything else.
    init(_ text: String) throws {
        guard text.hasPrefix("sqlite:") else {
            throw ValidationError(
                "--database: “\(text)” is not of the form sqlite:PATH, the only one supported."
            )
        }
        var path = text.dropFirst("sqlite:".count)
        if path.hasPrefix("///") { path = path.dropFirst(2) }
        guard !path.isEmpty else {
            throw ValidationError("--database: the path of the file is missing.")
        }
        self = .sqlite(path: String(path))
    }
}
