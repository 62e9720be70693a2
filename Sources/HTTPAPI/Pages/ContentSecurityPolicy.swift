/// What a document may load and run.
enum ContentSecurityPolicy {
    /// For a page of the app: files of this server, one import map, and frames of plugins.
    ///
    /// - Parameters:
    ///   - scriptDigest: SHA-256, in Base64, of the page's only inline script.
    ///   - isShownInside: Whether other pages of this server may show it in a part of theirs.
    /// - Returns: The header's value.
    static func page(scriptDigest: String, isShownInside: Bool = false) -> String {
        [
            "default-src 'none'",
            "script-src 'self' 'sha256-\(scriptDigest)'",
            "style-src 'self'",
            "img-src 'self' blob: data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "font-src 'self'",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "base-uri 'none'",
            "form-action 'self'",
            isShownInside ? "frame-ancestors 'self'" : "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }

    /// For the document in which a plugin's modules run: those modules, the app's own that serve
    /// them, and no network.
    ///
    /// Such a document has an origin of its own, which `'self'` does not match, so addresses are
    /// spelled out.
    ///
    /// - Parameters:
    ///   - scriptDigest: SHA-256, in Base64, of the document's import map.
    ///   - scripts: Folders that scripts come from, with origin and a slash at the end.
    /// - Returns: The header's value.
    static func frame(scriptDigest: String, scripts: [String]) -> String {
        [
            "default-src 'none'",
            "script-src \(scripts.joined(separator: " ")) 'sha256-\(scriptDigest)'",
            "style-src 'unsafe-inline'",
            "img-src blob: data:",
            "base-uri 'none'",
            "form-action 'none'",
            "frame-ancestors 'self'",
            "sandbox allow-scripts",
        ].joined(separator: "; ")
    }
}
