import HTTPAPI
import Testing

struct MultipartParserTests {
    private static let body = """
        ignored\r
        --frontier\r
        Content-Disposition: form-data; name="note"\r
        \r
        two\r\nlines\r
        --frontier  \r
        content-disposition: form-data; name="files"; filename="a/b \\"c\\".png"\r
        Content-Type: image/PNG; q=1\r
        \r
        \r\n--frontie\r\n-\r--frontier\r
        --frontier\r
        Content-Disposition: form-data; name="empty"; filename="%22.txt"\r
        \r
        \r
        --frontier--\r
        after
        """

    private static let expected = [
        Part(
            head: MultipartPart(name: "note"),
            text: "two\r\nlines"
        ),
        Part(
            head: MultipartPart(
                name: "files",
                fileName: "a/b \"c\".png",
                mediaType: "image/png"
            ),
            text: "\r\n--frontie\r\n-\r--frontier"
        ),
        Part(head: MultipartPart(name: "empty", fileName: "\".txt"), text: ""),
    ]

    struct Part: Equatable {
        var head: MultipartPart
        var text: String
    }

    private static func parse(_ chunks: [[UInt8]]) throws -> [Part] {
        var parser = try MultipartParser(boundary: "frontier")
        var parts: [(head: MultipartPart, bytes: [UInt8])] = []
        for chunk in chunks {
            for event in try parser.parse(chunk) {
                switch event {
                case .partBegan(let head): parts.append((head, []))
                case .partBytes(let bytes): parts[parts.count - 1].bytes += bytes
                case .partEnded: break
                }
            }
        }
        try parser.finish()
        return parts.map { Part(head: $0.head, text: String(decoding: $0.bytes, as: UTF8.self)) }
    }

    @Test func `the parts of a body come out as they went in`() throws {
        #expect(try Self.parse([Array(Self.body.utf8)]) == Self.expected)
    }

    @Test func `a chunk may end anywhere`() throws {
        let bytes = Array(Self.body.utf8)
        for cut in 0...bytes.count {
            #expect(try Self.parse([Array(bytes[..<cut]), Array(bytes[cut...])]) == Self.expected)
        }
    }

    @Test(arguments: [1, 2, 3, 5, 7, 11, 13])
    func `chunks may be small`(size: Int) throws {
        let bytes = Array(Self.body.utf8)
        let chunks = stride(from: 0, to: bytes.count, by: size).map {
            Array(bytes[$0..<min($0 + size, bytes.count)])
        }
        #expect(try Self.parse(chunks) == Self.expected)
    }

    @Test func `a body that is cut off is refused wherever it is cut`() throws {
        let bytes = Array(Self.body.utf8)
        let end = bytes.count - "\r\nafter".utf8.count
        for cut in 0..<end {
            #expect(throws: MultipartError.self) { try Self.parse([Array(bytes[..<cut])]) }
        }
    }

    @Test func `damaged bodies are refused or read, never more`() throws {
        var random = SeededRandom(state: 7)
        for _ in 0..<3000 {
            var bytes = Array(Self.body.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = .random(in: .min ... .max, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(contentsOf: "\r\n--frontier".utf8, at: place)
                }
            }
            let cut = Int.random(in: 0...bytes.count, using: &random)
            let whole = Result { try Self.parse([bytes]) }
            let halves = Result { try Self.parse([Array(bytes[..<cut]), Array(bytes[cut...])]) }
            switch (whole, halves) {
            case (.success(let one), .success(let other)): #expect(one == other)
            case (.failure, .failure): break
            default: Issue.record("where the chunks end decides what is read")
            }
        }
    }

    @Test func `headers that never end are refused`() throws {
        var parser = try MultipartParser(boundary: "b")
        _ = try parser.parse(Array("--b\r\n".utf8))
        #expect(throws: MultipartError.self) {
            _ = try parser.parse(Array(repeating: UInt8(ascii: "x"), count: 20_000))
        }
    }

    @Test(arguments: ["", "no<angle>", String(repeating: "x", count: 71)])
    func `impossible boundaries are refused`(boundary: String) {
        #expect(throws: MultipartError.self) { _ = try MultipartParser(boundary: boundary) }
    }
}

/// The same numbers in every run (SplitMix64).
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
