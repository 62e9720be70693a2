/// Splits a `multipart/form-data` body (RFC 7578) into parts while it arrives.
///
/// 1. ``parse(_:)`` with each chunk, in order; a chunk may end anywhere, also inside a delimiter.
/// 2. ``finish()`` once, after the last chunk.
///
/// Memory is bounded by one chunk and ``maxHeaderBytes``: a part's bytes are passed on as they come.
package struct MultipartParser: Sendable {
    package enum Event: Equatable, Sendable {
        case partBegan(MultipartPart)
        /// The next bytes of the part that began last; never empty.
        case partBytes([UInt8])
        case partEnded
    }

    private enum State {
        /// Before the first delimiter. What stands there means nothing (RFC 2046, 5.1.1).
        case preamble
        /// After a delimiter: either `--`, which ends the body, or the rest of the line.
        case delimiterTail
        case headers
        case body
        case epilogue
    }

    /// Headers of one part take at most this many bytes; browsers send some hundred.
    static let maxHeaderBytes = 16 * 1024

    /// `\r\n--` and the boundary.
    private let delimiter: [UInt8]
    private var state = State.preamble
    /// Bytes that came and could not be decided yet.
    private var pending: [UInt8] = []
    /// How many bytes were taken out of `pending` so far, for places in errors.
    private var consumed = 0

    /// Prepares for a body whose content type names this boundary.
    ///
    /// - Throws: ``MultipartError`` when the boundary is not 1 to 70 characters of RFC 2046.
    package init(boundary: String) throws(MultipartError) {
        let bytes = Array(boundary.utf8)
        guard (1...70).contains(bytes.count), bytes.allSatisfy(Self.isBoundaryByte) else {
            throw MultipartError(
                "The boundary of the multipart body must be 1 to 70 characters.",
                offset: 0
            )
        }
        delimiter = Array("\r\n--".utf8) + bytes
        // The first delimiter stands at the start of the body without a line break before it.
        pending = Array("\r\n".utf8)
        consumed = -2
    }

    /// Takes the next chunk.
    ///
    /// - Returns: What became certain by it, in order; possibly nothing.
    package mutating func parse(_ chunk: some Collection<UInt8>) throws(MultipartError) -> [Event] {
        pending.append(contentsOf: chunk)
        var events: [Event] = []
        var position = 0
        var goesOn = true
        while goesOn {
            switch state {
            case .preamble: goesOn = skipPreamble(&position)
            case .delimiterTail: goesOn = try readDelimiterTail(&position)
            case .headers: goesOn = try readHeaders(&position, into: &events)
            case .body: goesOn = readBody(&position, into: &events)
            case .epilogue:
                position = pending.count
                goesOn = false
            }
        }
        pending.removeFirst(position)
        consumed += position
        return events
    }

    /// Says that no more bytes come.
    ///
    /// - Throws: ``MultipartError`` when the closing delimiter is missing.
    package func finish() throws(MultipartError) {
        guard case .epilogue = state else {
            throw MultipartError(
                "The multipart body ends before its closing boundary.",
                offset: consumed + pending.count
            )
        }
    }

    // MARK: States

    private mutating func skipPreamble(_ position: inout Int) -> Bool {
        guard let found = indexOfDelimiter(from: position) else {
            position = max(position, pending.count - delimiter.count + 1)
            return false
        }
        position = found + delimiter.count
        state = .delimiterTail
        return true
    }

    private mutating func readDelimiterTail(_ position: inout Int) throws(MultipartError) -> Bool {
        // Spaces and tabs may pad the line.
        var index = position
        while index < pending.count,
            pending[index] == UInt8(ascii: " ") || pending[index] == UInt8(ascii: "\t")
        {
            index += 1
        }
        guard index + 1 < pending.count else { return false }
        switch (pending[index], pending[index + 1]) {
        case (UInt8(ascii: "-"), UInt8(ascii: "-")):
            state = .epilogue
        case (UInt8(ascii: "\r"), UInt8(ascii: "\n")):
            state = .headers
        default:
            throw MultipartError(
                "A line break must follow the boundary.",
                offset: consumed + index
            )
        }
        position = index + 2
        return true
    }

    private mutating func readHeaders(
        _ position: inout Int,
        into events: inout [Event]
    ) throws(MultipartError) -> Bool {
        guard let end = indexOfHeaderEnd(from: position) else {
            guard pending.count - position <= Self.maxHeaderBytes else {
                throw MultipartError(
                    "The headers of a part are larger than \(Self.maxHeaderBytes) bytes.",
                    offset: consumed + position
                )
            }
            return false
        }
        let part = try MultipartPart(
            headers: pending[position..<end],
            offset: consumed + position
        )
        events.append(.partBegan(part))
        position = end + 4
        state = .body
        return true
    }

    private mutating func readBody(_ position: inout Int, into events: inout [Event]) -> Bool {
        if let found = indexOfDelimiter(from: position) {
            append(position..<found, to: &events)
            events.append(.partEnded)
            position = found + delimiter.count
            state = .delimiterTail
            return true
        }
        // The last bytes may be the beginning of a delimiter.
        let certain = max(position, pending.count - delimiter.count + 1)
        append(position..<certain, to: &events)
        position = certain
        return false
    }

    // MARK: Searching

    private func append(_ range: Range<Int>, to events: inout [Event]) {
        guard !range.isEmpty else { return }
        events.append(.partBytes(Array(pending[range])))
    }

    private func indexOfDelimiter(from start: Int) -> Int? {
        guard var index = pending[start...].firstIndex(of: UInt8(ascii: "\r")) else { return nil }
        while index + delimiter.count <= pending.count {
            if pending[index..<(index + delimiter.count)].elementsEqual(delimiter) { return index }
            guard let next = pending[(index + 1)...].firstIndex(of: UInt8(ascii: "\r")) else {
                return nil
            }
            index = next
        }
        return nil
    }

    private func indexOfHeaderEnd(from start: Int) -> Int? {
        var index = start
        while index + 4 <= pending.count {
            if pending[index..<(index + 4)].elementsEqual("\r\n\r\n".utf8) { return index }
            index += 1
        }
        return nil
    }

    private static func isBoundaryByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"):
            true
        default: "'()+_,-./:=? ".utf8.contains(byte)
        }
    }
}

/// A body that is not `multipart/form-data`, and where.
package struct MultipartError: Error, Equatable {
    /// A sentence that a person can act on.
    package var message: String
    /// Bytes before the place in the body.
    package var offset: Int

    package init(_ message: String, offset: Int) {
        self.message = message
        self.offset = offset
    }
}
