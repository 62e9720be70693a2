import Contracts
import FoundationEssentials
import LabelModel
import ValueTree

/// A signature over the list of digests: `signature.json`.
struct PackageSignature: Hashable, Sendable {
    private static let algorithm = "ed25519"

    var key: PluginVerifyingKey
    /// 64 bytes.
    var signature: [UInt8]

    /// Signs a list.
    init(_ digests: PackageDigests, with key: PluginSigningKey) throws(PluginError) {
        self.key = key.publicKey
        signature = try key.signature(over: digests.text)
    }

    /// Reads a signature; whether it is right is another question.
    ///
    /// - Throws: `signature_invalid`.
    init(parsing bytes: [UInt8]) throws(PluginError) {
        let text = try? JSONText(parsing: bytes)
        guard let text, text["algorithm"]?.string == Self.algorithm,
            let key = Self.bytes(text["public_key"], count: 32),
            let signature = Self.bytes(text["signature"], count: 64)
        else {
            throw PluginError(
                .signatureInvalid,
                "\(PackageFormat.signatureName) is no Ed25519 signature.",
                hint: "`postil plugin sign` writes it."
            )
        }
        self.key = PluginVerifyingKey(key)
        self.signature = signature
    }

    var text: [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("algorithm", Self.algorithm)
            writer.member("public_key", Data(key.bytes).base64EncodedString())
            writer.member("signature", Data(signature).base64EncodedString())
        }
        return writer.bytes + [UInt8(ascii: "\n")]
    }

    /// - Throws: `signature_invalid` when the key has not signed this list.
    func check(_ digests: PackageDigests) throws(PluginError) {
        guard key.isValid(signature, over: digests.text) else {
            throw PluginError(
                .signatureInvalid,
                "The signature is not one over this content by the key \(key.fingerprint).",
                hint: "The package was changed after it was signed. Get it again from its "
                    + "publisher."
            )
        }
    }

    private static func bytes(_ text: JSONText?, count: Int) -> [UInt8]? {
        guard let text = text?.string, let bytes = Data(base64Encoded: text), bytes.count == count
        else { return nil }
        return Array(bytes)
    }
}
