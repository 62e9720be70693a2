internal import HTTPTypes
internal import Hummingbird

/// Headers that every answer carries unless it says something else itself.
struct SecurityHeaders: Sendable {
    private let fields: [HTTPField]

    /// - Parameter isSecure: The public address is `https`, so browsers shall stay with it.
    init(isSecure: Bool) {
        var fields = [
            HTTPField(name: .xContentTypeOptions, value: "nosniff"),
            HTTPField(name: .referrerPolicy, value: "same-origin"),
            HTTPField(name: .frameOptions, value: "DENY"),
            HTTPField(name: .crossOriginOpenerPolicy, value: "same-origin"),
            HTTPField(name: .crossOriginResource, value: "same-origin"),
            HTTPField(
                name: .contentSecurityPolicy,
                value: "default-src 'none'; base-uri 'none'; frame-ancestors 'none'"
            ),
            HTTPField(name: .cacheControl, value: "no-store"),
        ]
        if isSecure {
            fields.append(HTTPField(name: .strictTransportSecurity, value: "max-age=31536000"))
        }
        self.fields = fields
    }

    func add(to response: inout Response) {
        var headers = response.headers
        for field in fields where !headers.contains(field.name) {
            headers.append(field)
        }
        response.headers = headers
    }
}
