/// Cuts text into its lines as it comes in, without those that are blank.
struct LineReader {
    struct Line: Hashable {
        let text: String
        /// From 1; blank lines count.
        let number: Int
    }

    private let limit: Int
    private var rest: [UInt8] = []
    private var number = 1

    /// - Parameter limit: The most bytes that a line may have.
    init(limit: Int) {
        self.limit = limit
    }

    /// - Returns: The lines that the chunk completed.
    mutating func append(_ chunk: [UInt8]) throws(ServiceError) -> [Line] {
        var lines: [Line] = []
        var start = chunk.startIndex
        while let end = chunk[start...].firstIndex(of: UInt8(ascii: "\n")) {
            rest.append(contentsOf: chunk[start..<end])
            if let line = try takeLine() { lines.append(line) }
            start = end + 1
        }
        rest.append(contentsOf: chunk[start...])
        guard rest.count <= limit else {
            throw .taskTooLarge(limit: limit, at: .line(number, column: limit + 1))
        }
        return lines
    }

    /// - Returns: The last line, when it has no line break.
    mutating func finish() throws(ServiceError) -> [Line] {
        try takeLine().map { [$0] } ?? []
    }

    private mutating func takeLine() throws(ServiceError) -> Line? {
        defer {
            rest.removeAll(keepingCapacity: true)
            number += 1
        }
        var bytes = number == 1 ? rest.withoutByteOrderMark : rest[...]
        if bytes.last == UInt8(ascii: "\r") { bytes = bytes.dropLast() }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw .notUTF8(at: .line(number, column: Array(bytes).validUTF8PrefixCount + 1))
        }
        return text.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
            ? nil : Line(text: text, number: number)
    }
}
