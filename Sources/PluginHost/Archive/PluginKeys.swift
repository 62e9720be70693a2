public import Contracts
import Crypto
import FoundationEssentials

/// The secret half of a publisher's key: Ed25519 (RFC 8032), kept as PKCS #8 in PEM (RFC 8410), as
/// OpenSSL writes it.
public struct PluginSigningKey: Sendable {
    private static let label = "PRIVATE KEY"
    /// The DER before the 32 bytes of the seed: version 0, the algorithm's id, two octet strings.
    private static let head: [UInt8] = [
        0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20,
    ]

    private let key: Curve25519.Signing.PrivateKey

    /// Makes a new key.
    public init() { key = Curve25519.Signing.PrivateKey() }

    /// Reads a key.
    ///
    /// - Throws: `key_unreadable`.
    public init(pem: String) throws(PluginError) {
        guard let seed = PEM.content(of: pem, label: Self.label, head: Self.head),
            let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed)
        else {
            throw PluginError(
                .keyUnreadable,
                "This is no private Ed25519 key in PEM.",
                hint: "`postil plugin keygen` makes one."
            )
        }
        self.key = key
    }

    /// The key as text; a secret.
    public var pem: String {
        PEM.text(label: Self.label, head: Self.head, content: Array(key.rawRepresentation))
    }

    public var publicKey: PluginVerifyingKey {
        PluginVerifyingKey(Array(key.publicKey.rawRepresentation))
    }

    func signature(over bytes: [UInt8]) throws(PluginError) -> [UInt8] {
        do {
            return Array(try key.signature(for: bytes))
        } catch {
            throw PluginError(.keyUnreadable, "The key cannot sign.")
        }
    }
}

/// The public half of a publisher's key, kept as SubjectPublicKeyInfo in PEM.
public struct PluginVerifyingKey: Hashable, Sendable {
    private static let label = "PUBLIC KEY"
    private static let head: [UInt8] = [
        0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00,
    ]

    /// 32 bytes.
    let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Reads a key.
    ///
    /// - Throws: `key_unreadable`.
    public init(pem: String) throws(PluginError) {
        guard let bytes = PEM.content(of: pem, label: Self.label, head: Self.head) else {
            throw PluginError(
                .keyUnreadable,
                "This is no public Ed25519 key in PEM.",
                hint: "`postil plugin keygen` writes one beside the private key."
            )
        }
        self.bytes = bytes
    }

    public var pem: String { PEM.text(label: Self.label, head: Self.head, content: bytes) }

    /// `SHA256:` and the digest of the key in base64 without padding.
    public var fingerprint: String {
        let text = Data(SHA256.hash(data: bytes)).base64EncodedString()
        return "SHA256:" + text.prefix { $0 != "=" }
    }

    func isValid(_ signature: [UInt8], over content: [UInt8]) -> Bool {
        guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else {
            return false
        }
        return key.isValidSignature(signature, for: content)
    }
}

/// Text of RFC 7468 around DER of a fixed shape: a head, then 32 bytes.
private enum PEM {
    static func text(label: String, head: [UInt8], content: [UInt8]) -> String {
        let body = Data(head + content).base64EncodedString()
        return "-----BEGIN \(label)-----\n\(body)\n-----END \(label)-----\n"
    }

    /// The 32 bytes; nil when the text is anything else.
    static func content(of text: String, label: String, head: [UInt8]) -> [UInt8]? {
        let lines = text.split(whereSeparator: \.isNewline).filter { !$0.isEmpty }
        guard lines.count >= 3, lines.first == "-----BEGIN \(label)-----",
            lines.last == "-----END \(label)-----",
            let bytes = Data(base64Encoded: lines.dropFirst().dropLast().joined()),
            bytes.count == head.count + 32, bytes.starts(with: head)
        else { return nil }
        return Array(bytes.dropFirst(head.count))
    }
}
