/// Turns byte offsets into lines and columns, walking forward through the text.
///
/// Offsets are asked for nearly in order, so the walk goes on where it stopped: places for a whole
/// config cost one pass, also when the config is one line of a megabyte.
struct PlaceCursor {
    private let bytes: [UInt8]
    private var offset = 0
    private var line = 1
    private var column = 1

    /// - Parameter bytes: UTF-8 text.
    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The place of the character at a byte offset; past the end, the place after the last one.
    mutating func place(at target: Int) -> SourcePlace {
        if target < offset { self = PlaceCursor(bytes) }
        let end = min(target, bytes.count)
        while offset < end { step() }
        return SourcePlace(line: line, column: column)
    }

    private mutating func step() {
        let byte = bytes[offset]
        offset += 1
        let isReturnBeforeNewline =
            byte == UInt8(ascii: "\r") && offset < bytes.count
            && bytes[offset] == UInt8(ascii: "\n")
        if byte == UInt8(ascii: "\n") || (byte == UInt8(ascii: "\r") && !isReturnBeforeNewline) {
            line += 1
            column = 1
        } else if byte & 0xC0 != 0x80 {
            column += 1
        }
    }
}
