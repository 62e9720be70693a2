/// The blocks of a tar archive (POSIX.1-2017, pax) that go before and behind the bytes of a file.
///
/// Everything but name and size is the same for each entry, so that equal contents give equal
/// archives.
enum TarHeader {
    static let blockBytes = 512

    /// Where the fields lie in a header block.
    enum Field {
        static let name = 0..<100
        static let size = 124..<136
        static let checksum = 148..<156
        static let type = 156
        static let magic = 257..<263
        static let prefix = 345..<500
    }

    /// What a header can hold in its own fields, beyond which a pax record goes before it.
    private static let plainNameBytes = 100
    private static let plainSize: Int64 = 1 << 33

    /// The header of a regular file.
    static func file(_ name: String, byteCount: Int64) -> [UInt8] {
        let isPlain = name.utf8.count <= plainNameBytes && name.utf8.allSatisfy { $0 < 0x80 }
        guard !isPlain || byteCount >= plainSize else {
            return block(name, byteCount, type: UInt8(ascii: "0"))
        }
        var records = record("path", name)
        if byteCount >= plainSize { records += record("size", String(byteCount)) }
        return block("pax", Int64(records.count), type: UInt8(ascii: "x")) + records
            + padding(after: Int64(records.count))
            + block("file", byteCount >= plainSize ? 0 : byteCount, type: UInt8(ascii: "0"))
    }

    /// What fills the last block of a file.
    static func padding(after byteCount: Int64) -> [UInt8] {
        let rest = Int(byteCount % Int64(blockBytes))
        return Array(repeating: 0, count: rest == 0 ? 0 : blockBytes - rest)
    }

    /// What ends an archive.
    static let end = [UInt8](repeating: 0, count: 2 * blockBytes)

    /// The sum of a header's bytes, with blanks in the place of the sum itself.
    static func checksum(of block: some RandomAccessCollection<UInt8>) -> Int64 {
        var sum: Int64 = 0
        for (offset, byte) in block.enumerated() {
            sum += Field.checksum.contains(offset) ? 0x20 : Int64(byte)
        }
        return sum
    }

    private static func block(_ name: String, _ byteCount: Int64, type: UInt8) -> [UInt8] {
        var block = [UInt8](repeating: 0, count: blockBytes)
        put(Array(name.utf8), in: &block, at: Field.name.lowerBound)
        put(octal(0o644, digits: 7), in: &block, at: 100)
        put(octal(0, digits: 7), in: &block, at: 108)
        put(octal(0, digits: 7), in: &block, at: 116)
        put(octal(byteCount, digits: 11), in: &block, at: Field.size.lowerBound)
        put(octal(0, digits: 11), in: &block, at: 136)
        block[Field.type] = type
        put(Array("ustar\u{0}00".utf8), in: &block, at: Field.magic.lowerBound)
        let sum = octal(checksum(of: block), digits: 6) + [0, 0x20]
        put(sum, in: &block, at: Field.checksum.lowerBound)
        return block
    }

    /// A record of pax: its own length in decimal, a blank, name, `=`, value, line break.
    private static func record(_ name: String, _ value: String) -> [UInt8] {
        let rest = " \(name)=\(value)\n".utf8
        var length = rest.count + 1
        while String(length).utf8.count + rest.count != length {
            length = String(length).utf8.count + rest.count
        }
        return Array(String(length).utf8) + rest
    }

    private static func octal(_ number: Int64, digits: Int) -> [UInt8] {
        let text = String(number, radix: 8)
        return Array((String(repeating: "0", count: max(0, digits - text.count)) + text).utf8)
    }

    private static func put(_ bytes: [UInt8], in block: inout [UInt8], at start: Int) {
        block.replaceSubrange(start..<start + bytes.count, with: bytes)
    }
}
