/// Takes a tar archive apart as it comes in, in chunks of any size.
///
/// 1. ``append(_:)`` each chunk.
/// 2. ``finish()`` at the end of the bytes.
struct TarParser {
    enum Event: Equatable {
        /// A regular file begins.
        case began(name: String, byteCount: Int64)
        case bytes([UInt8])
        case ended
    }

    private enum State {
        case header
        /// Bytes of a file that are to come, and those of its padding.
        case file(left: Int64, padding: Int)
        /// Records of pax that speak of the next file.
        case records(left: Int, padding: Int)
        case padding(Int)
        /// After the first empty block.
        case over
    }

    /// Records of pax may have no more bytes; ours have a name of a file.
    private static let recordsLimit = 64 << 10

    private var state = State.header
    private var gathered: [UInt8] = []
    private var path: String?
    private var size: Int64?
    private var name = ""
    /// Bytes that were taken.
    private(set) var offset: Int64 = 0

    mutating func append(_ chunk: [UInt8]) throws(ServiceError) -> [Event] {
        var events: [Event] = []
        var rest = chunk[...]
        while !rest.isEmpty {
            switch state {
            case .header:
                if let block = gather(TarHeader.blockBytes, from: &rest) {
                    try begin(block, &events)
                }
            case .file(let left, let padding):
                let bytes = rest.prefix(Int(min(left, Int64(rest.count))))
                rest = rest.dropFirst(bytes.count)
                offset += Int64(bytes.count)
                if !bytes.isEmpty { events.append(.bytes(Array(bytes))) }
                endFile(left: left - Int64(bytes.count), padding, &events)
            case .records(let left, let padding):
                if let records = gather(left, from: &rest) {
                    try read(records)
                    state = padding > 0 ? .padding(padding) : .header
                }
            case .padding(let left):
                let count = min(left, rest.count)
                rest = rest.dropFirst(count)
                offset += Int64(count)
                state = count < left ? .padding(left - count) : .header
            case .over:
                offset += Int64(rest.count)
                rest = []
            }
        }
        return events
    }

    /// - Throws: ``ServiceError`` `archive_truncated` when something is missing.
    func finish() throws(ServiceError) {
        switch state {
        case .over: return
        case .header where gathered.isEmpty && offset == 0:
            throw .archiveTruncated("It is empty.", offset)
        case .header, .padding, .records:
            throw .archiveTruncated("It was cut off behind \(offset) bytes.", offset)
        case .file(let left, _):
            throw .archiveTruncated(
                "It was cut off behind \(offset) bytes, in \(name), which lacks \(left) bytes.",
                offset
            )
        }
    }

    /// Collects bytes over chunks; nil while some are missing.
    private mutating func gather(_ count: Int, from rest: inout ArraySlice<UInt8>) -> [UInt8]? {
        let bytes = rest.prefix(count - gathered.count)
        rest = rest.dropFirst(bytes.count)
        offset += Int64(bytes.count)
        gathered += bytes
        guard gathered.count == count else { return nil }
        defer { gathered = [] }
        return gathered
    }

    private mutating func endFile(left: Int64, _ padding: Int, _ events: inout [Event]) {
        guard left == 0 else {
            state = .file(left: left, padding: padding)
            return
        }
        events.append(.ended)
        state = padding > 0 ? .padding(padding) : .header
    }

    private mutating func begin(_ block: [UInt8], _ events: inout [Event]) throws(ServiceError) {
        guard block.contains(where: { $0 != 0 }) else {
            state = .over
            return
        }
        guard Self.number(block[TarHeader.Field.checksum]) == TarHeader.checksum(of: block),
            let ownSize = Self.number(block[TarHeader.Field.size])
        else {
            throw .archiveDamaged(
                "There is no tar header at byte \(offset - Int64(TarHeader.blockBytes)).",
                offset - Int64(TarHeader.blockBytes)
            )
        }
        switch block[TarHeader.Field.type] {
        case UInt8(ascii: "0"), 0:
            name = path ?? Self.name(block)
            let byteCount = size ?? ownSize
            (path, size) = (nil, nil)
            events.append(.began(name: name, byteCount: byteCount))
            endFile(left: byteCount, TarHeader.padding(after: byteCount).count, &events)
        case UInt8(ascii: "x") where ownSize > 0 && ownSize <= Self.recordsLimit:
            state = .records(
                left: Int(ownSize),
                padding: TarHeader.padding(after: ownSize).count
            )
        default:
            throw .archiveDamaged(
                "\(Self.name(block)) is no regular file; an archive of a project has no others.",
                offset
            )
        }
    }

    /// Reads the records that count: the name and the size of the next file.
    private mutating func read(_ records: [UInt8]) throws(ServiceError) {
        var rest = records[...]
        while let blank = rest.firstIndex(of: 0x20) {
            guard let length = Int(String(decoding: rest[..<blank], as: UTF8.self)),
                length > blank - rest.startIndex + 1, length <= rest.count
            else { break }
            let record = rest.prefix(length).dropLast()
            rest = rest.dropFirst(length)
            guard let sign = record.firstIndex(of: UInt8(ascii: "=")) else { continue }
            let key = String(decoding: record[(blank + 1)..<max(sign, blank + 1)], as: UTF8.self)
            let value = String(validating: record[(sign + 1)...], as: UTF8.self)
            if key == "path" { path = value }
            if key == "size" { size = value.flatMap { Int64($0) } }
        }
        guard rest.isEmpty, size ?? 0 >= 0 else {
            throw .archiveDamaged("The pax records before byte \(offset) are none.", offset)
        }
    }

    private static func name(_ block: [UInt8]) -> String {
        let name = text(block[TarHeader.Field.name])
        let prefix = text(block[TarHeader.Field.prefix])
        return prefix.isEmpty ? name : "\(prefix)/\(name)"
    }

    private static func text(_ field: ArraySlice<UInt8>) -> String {
        String(decoding: field.prefix { $0 != 0 }, as: UTF8.self)
    }

    /// An octal number with blanks or zeros around it.
    private static func number(_ field: ArraySlice<UInt8>) -> Int64? {
        let digits = field.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
        return Int64(String(decoding: digits, as: UTF8.self), radix: 8).flatMap {
            $0 < 0 ? nil : $0
        }
    }
}

extension ServiceError {
    /// An archive of a project does not say what it should.
    ///
    /// - `offset`: Bytes of the archive before the fault.
    static func archiveDamaged(_ message: String, _ offset: Int64) -> ServiceError {
        ServiceError(
            .invalid,
            "archive_damaged",
            "The archive is damaged. \(message)",
            hint: "Copy the archive again, or make it anew. Nothing was changed.",
            at: .offset(Int(offset))
        )
    }

    /// An archive of a project ends too early.
    static func archiveTruncated(_ message: String, _ offset: Int64) -> ServiceError {
        ServiceError(
            .invalid,
            "archive_truncated",
            "The archive is not whole. \(message)",
            hint: "Copy the archive again, or make it anew. Nothing was changed.",
            at: .offset(Int(offset))
        )
    }
}
