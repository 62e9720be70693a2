internal import HTTPTypes

/// The two cookies of a browser that is signed in.
enum Cookie {
    /// Holds the session's secret; scripts cannot read it.
    static let session = "sessionid"
    /// Holds what scripts repeat in a header with every write.
    static let csrf = "csrftoken"

    /// Header lines that sign a browser in.
    static func signIn(
        secret: String,
        csrfToken: String,
        lifetimeSeconds: Int64,
        isSecure: Bool
    ) -> [HTTPField] {
        let common =
            "; Path=/; SameSite=Lax; Max-Age=\(lifetimeSeconds)\(isSecure ? "; Secure" : "")"
        return [
            HTTPField(name: .setCookie, value: "\(session)=\(secret)\(common); HttpOnly"),
            HTTPField(name: .setCookie, value: "\(csrf)=\(csrfToken)\(common)"),
        ]
    }

    /// Header lines that sign a browser out.
    static func signOut(isSecure: Bool) -> [HTTPField] {
        signIn(secret: "", csrfToken: "", lifetimeSeconds: 0, isSecure: isSecure)
    }
}

extension HTTPFields {
    /// The first cookie with a name.
    func cookie(_ name: String) -> String? {
        for header in self[values: .cookie] {
            for pair in header.split(separator: ";") {
                let trimmed = pair.drop { $0 == " " }
                guard let equals = trimmed.firstIndex(of: "="), trimmed[..<equals] == name else {
                    continue
                }
                return String(trimmed[trimmed.index(after: equals)...])
            }
        }
        return nil
    }
}
