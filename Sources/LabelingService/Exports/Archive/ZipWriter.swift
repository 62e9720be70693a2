import LabelModel

/// Writes a ZIP archive front to back, without ever going back to fill in a size.
///
/// Files are stored, not deflated: what exporters pack is text that travels once, and a stored
/// archive costs no more than its bytes. A file whose size is not known when it begins gets a data
/// descriptor behind it and counts as Zip64 from the start. Source: PKWARE APPNOTE 6.3.10.
///
/// 1. Any number of files: ``file(_:_:)``, or ``begin(_:)``, ``append(_:)``…, ``end()``.
/// 2. ``finish()`` once.
///
/// Each call returns the bytes that come next in the archive.
struct ZipWriter {
    private struct Entry {
        let name: [UInt8]
        let offset: UInt64
        let isStreamed: Bool
        var byteCount: UInt64 = 0
        var checksum: UInt32 = 0
    }

    private let time: UInt16
    private let date: UInt16
    private var offset: UInt64 = 0
    private var entries: [Entry] = []
    private var checksum = CRC32()

    /// - Parameter createdAt: What all files say of when they were written.
    init(createdAt: Timestamp) {
        (time, date) = Self.dosTime(createdAt)
    }

    /// A file whose bytes are all there; fewer than 2^32 of them.
    mutating func file(_ name: String, _ bytes: [UInt8]) -> [UInt8] {
        var checksum = CRC32()
        checksum.update(bytes)
        var entry = Entry(name: Array(name.utf8), offset: offset, isStreamed: false)
        entry.byteCount = UInt64(bytes.count)
        entry.checksum = checksum.value
        entries.append(entry)
        var out = localHeader(entry)
        out.append(contentsOf: bytes)
        return counted(out)
    }

    /// Begins a file of unknown size.
    mutating func begin(_ name: String) -> [UInt8] {
        let entry = Entry(name: Array(name.utf8), offset: offset, isStreamed: true)
        entries.append(entry)
        checksum = CRC32()
        return counted(localHeader(entry))
    }

    /// Appends to the file that was begun; the bytes go into the archive as they are.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        unsafe checksum.update(bytes)
        entries[entries.count - 1].byteCount += UInt64(bytes.count)
        offset += UInt64(bytes.count)
    }

    /// Ends the file that was begun.
    mutating func end() -> [UInt8] {
        entries[entries.count - 1].checksum = checksum.value
        let entry = entries[entries.count - 1]
        var out: [UInt8] = []
        out.append(little: 0x0807_4B50 as UInt32)
        out.append(little: entry.checksum)
        out.append(little: entry.byteCount)
        out.append(little: entry.byteCount)
        return counted(out)
    }

    /// The directory, and the end of the archive.
    mutating func finish() -> [UInt8] {
        let start = offset
        var out: [UInt8] = []
        for entry in entries { appendDirectoryEntry(entry, to: &out) }
        let length = UInt64(out.count)
        let count = UInt64(entries.count)
        if count > 0xFFFE || start > 0xFFFF_FFFE || length > 0xFFFF_FFFE {
            appendZip64End(count: count, start: start, length: length, to: &out)
        }
        out.append(little: 0x0605_4B50 as UInt32)
        out.append(little: 0 as UInt32)  // this disk, and the directory's
        out.append(little: UInt16(clamping: count))
        out.append(little: UInt16(clamping: count))
        out.append(little: UInt32(clamping: length))
        out.append(little: UInt32(clamping: start))
        out.append(little: 0 as UInt16)  // no comment
        return counted(out)
    }

    // MARK: Records

    private func localHeader(_ entry: Entry) -> [UInt8] {
        var out: [UInt8] = []
        out.append(little: 0x0403_4B50 as UInt32)
        out.append(little: (entry.isStreamed ? 45 : 20) as UInt16)  // version needed
        appendCommon(entry, to: &out)
        let size: UInt32 = entry.isStreamed ? .max : UInt32(truncatingIfNeeded: entry.byteCount)
        out.append(little: entry.isStreamed ? 0 : entry.checksum)
        out.append(little: size)
        out.append(little: size)
        out.append(little: UInt16(truncatingIfNeeded: entry.name.count))
        out.append(little: (entry.isStreamed ? 20 : 0) as UInt16)  // length of the extra field
        out.append(contentsOf: entry.name)
        if entry.isStreamed {
            out.append(little: 1 as UInt16)  // Zip64, with two sizes that the descriptor tells
            out.append(little: 16 as UInt16)
            out.append(little: 0 as UInt64)
            out.append(little: 0 as UInt64)
        }
        return out
    }

    private func appendDirectoryEntry(_ entry: Entry, to out: inout [UInt8]) {
        var extra: [UInt8] = []
        if entry.isStreamed || entry.offset > 0xFFFF_FFFE {
            extra.append(little: 1 as UInt16)
            extra.append(little: 24 as UInt16)
            extra.append(little: entry.byteCount)
            extra.append(little: entry.byteCount)
            extra.append(little: entry.offset)
        }
        let isLarge = !extra.isEmpty
        out.append(little: 0x0201_4B50 as UInt32)
        out.append(little: 3 << 8 | 45 as UInt16)  // made by: Unix
        out.append(little: (isLarge ? 45 : 20) as UInt16)
        appendCommon(entry, to: &out)
        out.append(little: entry.checksum)
        let size: UInt32 = isLarge ? .max : UInt32(truncatingIfNeeded: entry.byteCount)
        out.append(little: size)
        out.append(little: size)
        out.append(little: UInt16(truncatingIfNeeded: entry.name.count))
        out.append(little: UInt16(truncatingIfNeeded: extra.count))
        out.append(little: 0 as UInt16)  // no comment
        out.append(little: 0 as UInt16)  // disk
        out.append(little: 0 as UInt16)  // internal attributes
        out.append(little: 0o100644 << 16 as UInt32)
        out.append(little: isLarge ? .max : UInt32(truncatingIfNeeded: entry.offset))
        out.append(contentsOf: entry.name)
        out.append(contentsOf: extra)
    }

    /// What local header and directory say alike: flags, method, time.
    private func appendCommon(_ entry: Entry, to out: inout [UInt8]) {
        // Bit 11: the name is UTF-8. Bit 3: sizes follow behind the bytes.
        out.append(little: (entry.isStreamed ? 1 << 11 | 1 << 3 : 1 << 11) as UInt16)
        out.append(little: 0 as UInt16)  // stored
        out.append(little: time)
        out.append(little: date)
    }

    private func appendZip64End(
        count: UInt64,
        start: UInt64,
        length: UInt64,
        to out: inout [UInt8]
    ) {
        out.append(little: 0x0606_4B50 as UInt32)
        out.append(little: 44 as UInt64)
        out.append(little: 3 << 8 | 45 as UInt16)
        out.append(little: 45 as UInt16)
        out.append(little: 0 as UInt64)  // this disk, and the directory's
        out.append(little: count)
        out.append(little: count)
        out.append(little: length)
        out.append(little: start)
        out.append(little: 0x0706_4B50 as UInt32)
        out.append(little: 0 as UInt32)
        out.append(little: start + length)
        out.append(little: 1 as UInt32)
    }

    private mutating func counted(_ bytes: [UInt8]) -> [UInt8] {
        offset += UInt64(bytes.count)
        return bytes
    }

    /// DOS time (two-second steps) and date (years from 1980) of a moment in UTC.
    private static func dosTime(_ moment: Timestamp) -> (time: UInt16, date: UInt16) {
        let text = moment.iso8601
        func number(_ range: Range<Int>) -> UInt16 {
            text[range].reduce(0) { $0 * 10 + UInt16($1 - UInt8(ascii: "0")) }
        }
        let year = number(0..<4)
        guard year >= 1980, year < 2108 else { return (0, 1 << 5 | 1) }
        return (
            number(11..<13) << 11 | number(14..<16) << 5 | number(17..<19) / 2,
            (year - 1980) << 9 | number(5..<7) << 5 | number(8..<10)
        )
    }
}

extension [UInt8] {
    /// Appends a number, lowest byte first.
    mutating func append(little value: some FixedWidthInteger & UnsignedInteger) {
        var rest = value
        for _ in 0..<(value.bitWidth / 8) {
            append(UInt8(truncatingIfNeeded: rest))
            rest >>= 8
        }
    }
}
