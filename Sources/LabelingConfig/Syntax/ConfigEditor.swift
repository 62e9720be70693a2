/// Changes a config's text tag by tag and leaves every other byte as it is.
///
/// Edits are collected first, for places of the text as it was, and made at once by ``edited()``.
struct ConfigEditor {
    private let text: [UInt8]
    private let places: PlaceIndex
    private var edits: [(range: Range<Int>, bytes: [UInt8])] = []

    /// - Parameter tree: Whose text is changed; its tags tell the places.
    init(_ tree: ConfigTree) {
        text = Array(tree.source.utf8)
        places = PlaceIndex(text)
    }

    /// The text with all edits.
    func edited() -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var position = 0
        for edit in edits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
        where edit.range.lowerBound >= position {
            bytes += text[position..<edit.range.lowerBound]
            bytes += edit.bytes
            position = edit.range.upperBound
        }
        bytes += text[position...]
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Gives an attribute another value.
    mutating func set(_ attribute: ConfigAttribute, to value: String) {
        let name = places.offset(of: attribute.place)
        guard let quote = text[name...].firstIndex(where: Self.isQuote),
            let end = text[(quote + 1)...].firstIndex(of: text[quote])
        else { return }
        edits.append((quote + 1..<end, Self.escaped(value, quote: text[quote])))
    }

    /// Puts a text in the place of all that stands inside a tag.
    mutating func setContent(of tag: ConfigTag, to value: String) {
        let extent = extent(of: tag)
        edits.append((extent.inside, Self.escaped(value, quote: nil)))
    }

    /// Takes a tag out with all that stands in it, and its line when nothing else stands there.
    mutating func remove(_ tag: ConfigTag) {
        var range = extent(of: tag).whole
        let before = text[..<range.lowerBound].lastIndex { !Self.isBlank($0) }
        let after = text[range.upperBound...].firstIndex { !Self.isBlank($0) } ?? text.endIndex
        let beginsLine = before.map { text[$0] == UInt8(ascii: "\n") } ?? true
        let endsLine = after == text.endIndex || Self.isLineEnd(text[after])
        if beginsLine, endsLine, let before { range = before..<after }
        edits.append((range, []))
    }

    // MARK: Where tags end

    /// From the `<` on; the text is well-formed, so every tag ends.
    private func extent(
        of tag: ConfigTag
    ) -> (whole: Range<Int>, inside: Range<Int>) {
        let start = places.offset(of: tag.place)
        let opened = endOfTag(from: start)
        if text[opened - 2] == UInt8(ascii: "/") { return (start..<opened, opened..<opened) }
        var depth = 1
        var position = opened
        while let next = text[position...].firstIndex(of: UInt8(ascii: "<")) {
            let rest = text[next...]
            if rest.starts(with: "<!--".utf8) {
                position = end(of: "-->", from: next)
            } else if rest.starts(with: "<![CDATA[".utf8) {
                position = end(of: "]]>", from: next)
            } else if rest.starts(with: "<?".utf8) {
                position = end(of: "?>", from: next)
            } else {
                position = endOfTag(from: next)
                if rest.starts(with: "</".utf8) {
                    depth -= 1
                } else if text[position - 2] != UInt8(ascii: "/") {
                    depth += 1
                }
                if depth == 0 { return (start..<position, opened..<next) }
            }
        }
        return (start..<text.endIndex, opened..<text.endIndex)
    }

    /// After the `>` of the tag that begins here; a `>` between quotes ends nothing.
    private func endOfTag(from start: Int) -> Int {
        var quote: UInt8?
        for index in start..<text.endIndex {
            let byte = text[index]
            if let open = quote {
                if byte == open { quote = nil }
            } else if Self.isQuote(byte) {
                quote = byte
            } else if byte == UInt8(ascii: ">") {
                return index + 1
            }
        }
        return text.endIndex
    }

    private func end(of mark: StaticString, from start: Int) -> Int {
        let mark = Array(mark.description.utf8)
        var index = start
        while index < text.endIndex, !text[index...].starts(with: mark) { index += 1 }
        return min(index + mark.count, text.endIndex)
    }

    // MARK: Bytes

    private static func escaped(_ value: String, quote: UInt8?) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in value.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            // White space in attributes is read as spaces unless it is written as a reference.
            case 0x09, 0x0A, 0x0D: bytes += "&#\(byte);".utf8
            case quote: bytes += "&#\(byte);".utf8
            default: bytes.append(byte)
            }
        }
        return bytes
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
}

/// Turns places back into byte offsets.
private struct PlaceIndex {
    private let text: [UInt8]
    private let lineStarts: [Int]

    init(_ text: [UInt8]) {
        self.text = text
        var starts = [0]
        for (index, byte) in text.enumerated() {
            let isReturn =
                byte == 0x0D && (index + 1 == text.count || text[index + 1] != 0x0A)
            if byte == 0x0A || isReturn { starts.append(index + 1) }
        }
        lineStarts = starts
    }

    func offset(of place: SourcePlace) -> Int {
        guard place.line >= 1, place.line <= lineStarts.count else { return text.endIndex }
        var offset = lineStarts[place.line - 1]
        var column = 1
        while column < place.column, offset < text.count {
            offset += 1
            while offset < text.count, text[offset] & 0xC0 == 0x80 { offset += 1 }
            column += 1
        }
        return offset
    }
}
