import CSimdJSON

extension JSONText {
    /// Where the value stands in the document it was parsed from, in bytes.
    public var rawRange: Range<Int> {
        let item = document.item(index)
        return Int(item.start)..<Int(item.end)
    }

    /// The value exactly as it came in, without the white space around it.
    public var rawBytes: [UInt8] {
        unsafe Array(document.bytes(document.item(index)))
    }

    /// The value exactly as it came in, as a string.
    public var rawText: String {
        unsafe String(decoding: document.bytes(document.item(index)), as: UTF8.self)
    }

    /// Line and column of the first byte, both from 1; columns count bytes.
    public var place: (line: Int, column: Int) {
        var line: UInt64 = 1
        var column: UInt64 = 1
        let start = UInt64(document.item(index).start)
        unsafe postil_json_place(document.text, start, start, &line, &column)
        return (Int(line), Int(column))
    }

    /// The JSON pointer (RFC 6901) from the document's root to this value; "" is the root.
    ///
    /// For messages: it walks the document from the root.
    public var pointer: String {
        var pointer = ""
        var at = JSONText(document: document, index: 0)
        while at.index < index {
            guard let (token, child) = at.step(towards: index) else { break }
            pointer += "/" + token
            at = child
        }
        return pointer
    }

    /// The child that is, or contains, the value at `target`, with its token in a pointer.
    private func step(towards target: Int) -> (token: String, child: JSONText)? {
        for (position, element) in elements.enumerated() where element.contains(target) {
            return (String(position), element)
        }
        for member in members where member.value.contains(target) {
            return (member.name.escapedForPointer, member.value)
        }
        return nil
    }

    private func contains(_ target: Int) -> Bool {
        index <= target && target < Int(document.item(index).next)
    }
}

extension String {
    /// As a token of a JSON pointer (RFC 6901).
    var escapedForPointer: String {
        guard utf8.contains(UInt8(ascii: "~")) || utf8.contains(UInt8(ascii: "/")) else {
            return self
        }
        var escaped = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "~": escaped += "~0"
            case "/": escaped += "~1"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
