/// Names of files that came from strangers, made fit for our disk and our addresses.
enum SafeName {
    /// The last part of a name that a client sent, without anything that a path or an address
    /// gives a meaning to.
    ///
    /// Letters, digits, `.`, `-` and `_` of any script stay, blanks become `_`, all else goes. The
    /// result is never empty, does not begin with a dot, and has at most 160 bytes.
    static func file(_ name: String) -> String {
        let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
        var kept = ""
        var count = 0
        for character in last.drop(while: { $0 == "." }) {
            guard let safe = safe(character) else { continue }
            count += String(safe).utf8.count
            if count > 120 { break }
            kept.append(safe)
        }
        return withExtension(of: String(last), kept.isEmpty ? "file" : kept)
    }

    /// A relative path that a client sent, part by part, or nil when it leads out of its folder or
    /// is too deep.
    static func relativePath(_ path: String, maxDepth: Int) -> [String]? {
        let parts = path.split(separator: "/", omittingEmptySubsequences: true)
        guard !parts.isEmpty, parts.count <= maxDepth + 1, !path.hasPrefix("/"),
            parts.allSatisfy({ isPlain($0) })
        else { return nil }
        return parts.map(String.init)
    }

    /// The extension in lower case with its dot, or "" when there is none.
    static func fileExtension(_ name: String) -> String {
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex,
            name[dot...].utf8.count <= 16, !name[dot...].contains("/")
        else { return "" }
        return name[dot...].lowercased()
    }

    /// One part of a path that means itself: not `..`, no control characters, at most 255 bytes.
    static func isPlain(_ part: some StringProtocol) -> Bool {
        part != "." && part != ".." && !part.isEmpty && part.utf8.count <= 255
            && !part.utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == UInt8(ascii: "\\") }
    }

    /// Percent-encodes a path for the part of an address behind `?d=`, keeping its slashes.
    static func percentEncoded(path: String) -> String {
        var text: [UInt8] = []
        let digits = Array("0123456789ABCDEF".utf8)
        for byte in path.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "."),
                UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "~"):
                text.append(byte)
            default:
                text.append(UInt8(ascii: "%"))
                text.append(digits[Int(byte >> 4)])
                text.append(digits[Int(byte & 0xF)])
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The text behind percent-encoding, or nil when that is not UTF-8.
    static func percentDecoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(2)
            if byte == UInt8(ascii: "%"), digits.count == 2,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func safe(_ character: Character) -> Character? {
        if character.isWhitespace { return "_" }
        let isSafe =
            character.isLetter || character.isNumber || character == "." || character == "-"
            || character == "_"
        return isSafe ? character : nil
    }

    /// Gives a name that was cut its extension back: readers go by it.
    private static func withExtension(of original: String, _ name: String) -> String {
        let wanted = fileExtension(original)
        let isSafe = wanted.dropFirst().allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
        return isSafe && !name.lowercased().hasSuffix(wanted) ? name + wanted : name
    }
}
