internal import HTTPTypes

extension HTTPField.Name {
    /// What a browser must repeat with every write under a cookie session.
    static let csrfToken = known("X-CSRFToken")
    /// Through which addresses a request came, the client's first.
    static let forwardedFor = known("X-Forwarded-For")
    static let referrerPolicy = known("Referrer-Policy")
    static let frameOptions = known("X-Frame-Options")
    static let crossOriginOpenerPolicy = known("Cross-Origin-Opener-Policy")
    static let crossOriginResource = known("Cross-Origin-Resource-Policy")
    /// Whether names of links are looked up before anyone follows them.
    static let prefetchControl = known("X-DNS-Prefetch-Control")
    /// Label Studio's exports carry the file's name here too.
    static let fileName = known("filename")

    /// Path of the report on the export that the answer streams.
    static let exportReport = known("Export-Report")

    private static func known(_ name: StaticString) -> HTTPField.Name {
        guard let name = HTTPField.Name(name.description) else {
            preconditionFailure("\(name) is no token of RFC 9110")
        }
        return name
    }
}
