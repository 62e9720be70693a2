internal import Crypto
internal import FoundationEssentials
internal import LabelModel
internal import ValueTree

/// A JSON Web Token signed with HMAC-SHA-256 (RFC 7519, `HS256`), with the claims of Label Studio's.
///
/// A personal access token is a refresh token that lives long; for each few minutes a client swaps
/// it for an access token, which names the refresh token so that both end together.
struct WebToken: Equatable, Sendable {
    enum Kind: String, Sendable {
        case refresh, access
    }

    let kind: Kind
    /// Of the personal access token.
    let id: String
    let user: UserID
    /// Seconds since 1970.
    let issuedAt: Int64
    let expiresAt: Int64

    private static let header = base64(Array(#"{"alg":"HS256","typ":"JWT"}"#.utf8))
    private static let textLimit = 4096

    /// The token's text: header, claims and signature, with dots between them.
    func text(signedWith key: [UInt8]) -> String {
        let unsigned = unsignedText
        return unsigned + "." + Self.base64(Self.signature(of: unsigned, key))
    }

    /// Header and claims alone, which name the token and open nothing.
    var unsignedText: String {
        var claims = JSONWriter()
        claims.object { claims in
            claims.member("token_type", kind.rawValue)
            claims.member("exp", expiresAt)
            claims.member("iat", issuedAt)
            claims.member("jti", id)
            claims.member("user_id", String(user.rawValue))
        }
        return Self.header + "." + Self.base64(claims.bytes)
    }

    /// Reads a token and checks its signature and its end; nil for any that must not open anything.
    init?(_ text: String, signedWith key: [UInt8], kind: Kind, at now: Timestamp) {
        let pieces = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.textLimit, pieces.count == 3, pieces[0] == Self.header,
            let sent = Self.bytes(pieces[2])
        else { return nil }
        let signature = Self.signature(of: "\(pieces[0]).\(pieces[1])", key)
        guard sent.equalsInConstantTime(signature) else { return nil }
        self.init(claims: pieces[1])
        guard self.kind == kind, expiresAt > now.microseconds / 1_000_000 else { return nil }
    }

    /// Reads which token a text names, without asking whether it is signed.
    init?(naming text: String) {
        let pieces = text.split(separator: ".", omittingEmptySubsequences: false)
        guard text.utf8.count <= Self.textLimit, (2...3).contains(pieces.count) else { return nil }
        self.init(claims: pieces[1])
    }

    init(kind: Kind, id: String, user: UserID, issuedAt: Int64, expiresAt: Int64) {
        self.kind = kind
        self.id = id
        self.user = user
        self.issuedAt = issuedAt
        self.expiresAt = expiresAt
    }

    private init?(claims text: Substring) {
        guard let bytes = Self.bytes(text), let claims = try? JSONText(parsing: bytes),
            let kind = claims["token_type"]?.string.flatMap(Kind.init(rawValue:)),
            let id = claims["jti"]?.string,
            let user = claims["user_id"]?.string.flatMap({ Int64($0) }),
            let expiresAt = claims["exp"]?.int64
        else { return nil }
        self.init(
            kind: kind,
            id: id,
            user: UserID(user),
            issuedAt: claims["iat"]?.int64 ?? 0,
            expiresAt: expiresAt
        )
    }

    private static func signature(of text: String, _ key: [UInt8]) -> [UInt8] {
        Array(
            HMAC<SHA256>.authenticationCode(
                for: Array(text.utf8),
                using: SymmetricKey(data: key)
            )
        )
    }

    // MARK: base64url without padding (RFC 4648, 5)

    private static func base64(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        var padded = text.replacing("-", with: "+").replacing("_", with: "/")
        while padded.count % 4 != 0 { padded += "=" }
        return Data(base64Encoded: String(padded)).map(Array.init)
    }
}
