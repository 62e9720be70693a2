package import Contracts

/// What is taken out of S3's XML answers: texts between tags of known names.
///
/// The service writes them without attributes that matter, comments or nesting of equal names, so
/// looking for the tags is enough; whatever else comes finds nothing.
package struct S3Answer: Sendable {
    private let text: [UInt8]

    package init(_ bytes: [UInt8]) {
        text = bytes
    }

    /// The text of the first element of a name.
    package func first(_ name: String) -> String? {
        elements(name).next().map { Self.decode($0) }
    }

    /// The objects of a list; keys are percent-encoded, as was asked for.
    package var objects: [BucketObject] {
        Array(elements("Contents")).compactMap { element in
            let entry = S3Answer(Array(element))
            guard let encoded = entry.first("Key"), let key = Self.percentDecoded(encoded) else {
                return nil
            }
            return BucketObject(
                key: key,
                tag: (entry.first("ETag") ?? "").filter { $0 != "\"" },
                byteCount: entry.first("Size").flatMap { Int64($0) } ?? 0,
                modifiedAt: entry.first("LastModified") ?? ""
            )
        }
    }

    /// What stands between the tags of each element of a name.
    private func elements(_ name: String) -> AnyIterator<ArraySlice<UInt8>> {
        let opening = Array("<\(name)>".utf8)
        let closing = Array("</\(name)>".utf8)
        var rest = text[...]
        return AnyIterator {
            guard let start = rest.firstRange(of: opening)?.upperBound,
                let end = rest[start...].firstRange(of: closing)
            else { return nil }
            rest = rest[end.upperBound...]
            return text[start..<end.lowerBound]
        }
    }

    private static func decode(_ bytes: ArraySlice<UInt8>) -> String {
        var text = ""
        var rest = String(decoding: bytes, as: UTF8.self)[...]
        while let mark = rest.firstIndex(of: "&") {
            text += rest[..<mark]
            rest = rest[mark...]
            guard let end = rest.prefix(12).firstIndex(of: ";"),
                let character = character(rest[rest.index(after: mark)..<end])
            else {
                text.append("&")
                rest = rest.dropFirst()
                continue
            }
            text.append(character)
            rest = rest[rest.index(after: end)...]
        }
        return text + rest
    }

    private static func character(_ name: Substring) -> Character? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            let number =
                name.hasPrefix("#x")
                ? UInt32(name.dropFirst(2), radix: 16)
                : name.hasPrefix("#") ? UInt32(name.dropFirst()) : nil
            return number.flatMap { Unicode.Scalar($0) }.map { Character($0) }
        }
    }

    private static func percentDecoded(_ text: String) -> String? {
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
                bytes.append(byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
            }
        }
        return String(validating: bytes, as: UTF8.self)
    }
}
