/// Finds where the attributes of a start tag stand.
///
/// libxml2 reports attributes without their places. It has checked the tag by then, so a scan that
/// knows only names, `=` and quotes is enough.
enum StartTagScanner {
    struct Attribute: Equatable {
        let name: String
        /// Byte offset of the name's first byte.
        let offset: Int
    }

    /// Where the tag that ends at `end` begins: no `<` can stand inside a well-formed tag.
    static func start(of end: Int, in text: [UInt8]) -> Int {
        text[..<min(end, text.count)].lastIndex(of: UInt8(ascii: "<")) ?? 0
    }

    /// The attributes between the `<` at `start` and the `>` or `/>` at `end`, in order.
    static func attributes(in text: [UInt8], from start: Int, to end: Int) -> [Attribute] {
        var found: [Attribute] = []
        var offset = skip(in: text, from: start + 1, to: end, while: { !isEndOfName($0) })
        while true {
            offset = skip(in: text, from: offset, to: end, while: XMLText.isSpace)
            let nameEnd = skip(in: text, from: offset, to: end, while: { !isEndOfName($0) })
            guard nameEnd > offset else { return found }
            found.append(
                Attribute(
                    name: String(decoding: text[offset..<nameEnd], as: UTF8.self),
                    offset: offset
                )
            )
            let quote = skip(in: text, from: nameEnd, to: end, while: { !isQuote($0) })
            guard quote < end else { return found }
            let mark = text[quote]
            offset = skip(in: text, from: quote + 1, to: end, while: { $0 != mark }) + 1
        }
    }

    private static func skip(
        in text: [UInt8],
        from start: Int,
        to end: Int,
        while condition: (UInt8) -> Bool
    ) -> Int {
        var offset = start
        while offset < end, condition(text[offset]) { offset += 1 }
        return offset
    }

    private static func isEndOfName(_ byte: UInt8) -> Bool {
        XMLText.isSpace(byte) || byte == UInt8(ascii: "=") || byte == UInt8(ascii: "/")
            || byte == UInt8(ascii: ">")
    }

    private static func isQuote(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'")
    }
}
