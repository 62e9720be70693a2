import Crypto
import FoundationEssentials

/// Digests of files and texts, as manifests and browsers write them.
enum FileDigest {
    /// Lower-case hexadecimal SHA-256 of the whole file.
    ///
    /// - Parameters:
    ///   - file: Read from its start to its end.
    ///   - head: Set to the first bytes of the file, up to 64.
    /// - Returns: 64 digits.
    /// - Throws: When the file cannot be read.
    static func sha256(of file: borrowing ReadableFile, head: inout [UInt8])
        throws(ReadableFile.Failure) -> String
    {
        var hash = SHA256()
        var first: [UInt8] = []
        try unsafe file.forEachPiece { piece in
            if first.isEmpty { first = unsafe Array(piece.prefix(64)) }
            unsafe hash.update(bufferPointer: piece)
        }
        head = first
        return hexadecimal(hash.finalize())
    }

    static func sha256(of bytes: [UInt8]) -> String {
        var hash = SHA256()
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        return hexadecimal(hash.finalize())
    }

    /// Subresource integrity: `sha384-` and the digest in base64.
    static func integrity(of bytes: [UInt8]) -> String {
        var hash = SHA384()
        unsafe bytes.withUnsafeBytes { unsafe hash.update(bufferPointer: $0) }
        return "sha384-" + Data(hash.finalize()).base64EncodedString()
    }

    static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let text = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
        return String(decoding: text, as: UTF8.self)
    }
}
