package import Contracts
import Crypto

/// Signs requests to S3, Signature Version 4.
///
/// Source: <https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html>
package struct S3Signer: Sendable {
    let location: BucketLocation

    package init(location: BucketLocation) {
        self.location = location
    }

    /// The headers that make a request valid, besides `Host`.
    ///
    /// `host`: As the client will send it, with a port that is not the scheme's own. `path`:
    /// Encoded as it is sent. `query`: Names and values, neither encoded. `headers`: Further ones,
    /// which are signed too. `date`: Such as `20130524T000000Z`.
    package func headers(
        method: String,
        host: String,
        path: String,
        query: [(name: String, value: String)],
        headers: [(name: String, value: String)],
        body: [UInt8],
        date: String
    ) -> [(name: String, value: String)] {
        let digest = Self.hexadecimal(SHA256.hash(data: body))
        var sent = headers
        sent.append(("x-amz-content-sha256", digest))
        sent.append(("x-amz-date", date))
        if let token = location.sessionToken { sent.append(("x-amz-security-token", token)) }
        let signed = (sent + [("host", host)])
            .map { (name: $0.name.lowercased(), value: $0.value.trimmed) }
            .sorted { $0.name < $1.name }
        let names = signed.map(\.name).joined(separator: ";")
        let canonical = [
            method, path, Self.canonical(query),
            signed.map { "\($0.name):\($0.value)\n" }.joined(), names, digest,
        ].joined(separator: "\n")
        let day = String(date.prefix(8))
        let scope = "\(day)/\(location.region)/s3/aws4_request"
        let text = [
            "AWS4-HMAC-SHA256", date, scope,
            Self.hexadecimal(SHA256.hash(data: Array(canonical.utf8))),
        ].joined(separator: "\n")
        let signature = Self.hexadecimal(Self.authenticate(text, with: key(of: day)))
        sent.append(
            (
                "Authorization",
                "AWS4-HMAC-SHA256 Credential=\(location.accessKey)/\(scope),"
                    + "SignedHeaders=\(names),Signature=\(signature)"
            )
        )
        return sent
    }

    /// The query as it is signed, and as it must be sent.
    package static func canonical(_ query: [(name: String, value: String)]) -> String {
        query.map { (encode($0.name), encode($0.value)) }
            .sorted { $0 < $1 }
            .map { "\($0)=\($1)" }
            .joined(separator: "&")
    }

    /// Percent-encodes all but RFC 3986's unreserved characters; slashes stay in paths.
    package static func encode(_ text: String, keepsSlashes: Bool = false) -> String {
        var bytes: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
                UInt8(ascii: "_"), UInt8(ascii: "~"):
                bytes.append(byte)
            case UInt8(ascii: "/") where keepsSlashes: bytes.append(byte)
            default:
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private func key(of day: String) -> SymmetricKey {
        var key = SymmetricKey(data: Array("AWS4\(location.secretKey)".utf8))
        for part in [day, location.region, "s3", "aws4_request"] {
            key = SymmetricKey(data: Self.authenticate(part, with: key))
        }
        return key
    }

    private static func authenticate(_ text: String, with key: SymmetricKey) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key))
    }

    private static func hexadecimal(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(
            decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 0xF)]] },
            as: UTF8.self
        )
    }
}

extension String {
    fileprivate var trimmed: String {
        var rest = self[...]
        while rest.first == " " { rest.removeFirst() }
        while rest.last == " " { rest.removeLast() }
        return String(rest)
    }
}
