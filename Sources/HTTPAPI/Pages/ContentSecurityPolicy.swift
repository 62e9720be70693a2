/// What a page of the app may load and run: files of this server, and one import map.
enum ContentSecurityPolicy {
    /// The header's value for a page whose only inline script has this SHA-256, in Base64.
    static func page(scriptDigest: String) -> String {
        [
            "default-src 'none'",
            "script-src 'self' 'sha256-\(scriptDigest)'",
            "style-src 'self'",
            "img-src 'self' blob: data:",
            "media-src 'self' blob:",
            "connect-src 'self'",
            "font-src 'self'",
            "worker-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        ].joined(separator: "; ")
    }
}
