/// Writes pictures as PNG (ISO/IEC 15948): four bits a pixel, a palette, and deflate blocks that
/// are stored, not compressed.
///
/// Enough for the few small pictures that the program makes itself, and a page of code where a
/// codec would be a dependency.
enum PNGEncoder {
    static func encode(_ image: PaletteImage) -> [UInt8] {
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        append("IHDR", header(of: image), to: &file)
        append("PLTE", image.palette.flatMap { [$0.0, $0.1, $0.2] }, to: &file)
        append("IDAT", zlib(rows(of: image)), to: &file)
        append("IEND", [], to: &file)
        return file
    }

    private static func header(of image: PaletteImage) -> [UInt8] {
        var header: [UInt8] = []
        header.append(big: UInt32(image.width))
        header.append(big: UInt32(image.height))
        // Four bits a pixel; color type 3, a palette; deflate; adaptive filters; not interlaced.
        return header + [4, 3, 0, 0, 0]
    }

    /// The rows, each after the number of its filter (0, none), two pixels to a byte.
    private static func rows(of image: PaletteImage) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity((image.width / 2 + 2) * image.height)
        for row in 0..<image.height {
            bytes.append(0)
            let start = row * image.width
            for column in stride(from: 0, to: image.width, by: 2) {
                let left = image.pixels[start + column]
                let right = column + 1 < image.width ? image.pixels[start + column + 1] : 0
                bytes.append(left << 4 | right)
            }
        }
        return bytes
    }

    /// A zlib stream (RFC 1950) of stored blocks (RFC 1951, 3.2.4).
    private static func zlib(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        let blockBytes = 65_535
        for start in stride(from: 0, to: bytes.count, by: blockBytes) {
            let block = bytes[start..<min(start + blockBytes, bytes.count)]
            stream.append(block.endIndex == bytes.count ? 1 : 0)
            stream.append(little: UInt16(block.count))
            stream.append(little: ~UInt16(block.count))
            stream.append(contentsOf: block)
        }
        stream.append(big: adler32(bytes))
        return stream
    }

    private static func adler32(_ bytes: [UInt8]) -> UInt32 {
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in bytes {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        return high << 16 | low
    }

    private static func append(_ type: String, _ content: [UInt8], to file: inout [UInt8]) {
        file.append(big: UInt32(content.count))
        let chunk = Array(type.utf8) + content
        file.append(contentsOf: chunk)
        var checksum = CRC32()
        checksum.update(chunk)
        file.append(big: checksum.value)
    }
}

extension [UInt8] {
    /// Appends a number, highest byte first.
    fileprivate mutating func append(big value: UInt32) {
        for shift in stride(from: 24, through: 0, by: -8) {
            append(UInt8(truncatingIfNeeded: value >> UInt32(shift)))
        }
    }
}
