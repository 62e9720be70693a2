import Testing
import ValueTree

@Suite struct JSONArraySplitterTests {
    static let refused: [(String, JSONTextError.Code, Int)] = [
        ("[1] x", JSONTextError.Code.trailingText, 4), ("{} {}", .trailingText, 3),
        ("[1,,2]", .syntax, 3), ("[,1]", .syntax, 1), ("[1,]", .syntax, 3),
        ("[1 2]", .syntax, 3),
        ("]", .syntax, 0), ("[1}", .syntax, 2), ("", .empty, 0), ("  ", .empty, 2),
        ("[", .truncated, 1),
        ("[1", .truncated, 2), ("[\"a", .truncated, 3), ("\u{FEFF}", .empty, 3),
        ("[[1]", .truncated, 4),
    ]

    static let body =
        "\n [ {\"a\": \"]}\\\"\\\\\", \"b\": [1, {}]} ,\n\"x,]\\\"\" , -1.5e3,true ,[[]],\r\n{} ] \n"

    @Test(arguments: 1...90)
    func `every chunk size gives the elements of the whole`(size: Int) throws {
        let whole = try JSONText(parsing: Self.body)
        let found = try elements(of: Array(Self.body.utf8), chunk: size)
        #expect(
            found.map { String(decoding: $0.bytes, as: UTF8.self) } == whole.elements.map(\.rawText)
        )
        #expect(found.map(\.offset) == whole.elements.map(\.rawRange.lowerBound))
        #expect(found.map(\.index) == Array(0..<6))
        for (element, value) in zip(found, whole.elements) {
            #expect((element.line, element.column) == value.place)
            #expect(element.pointer == value.pointer)
        }
    }

    @Test(arguments: [1, 2, 7, 64])
    func `a body cut at any byte is refused at its end`(size: Int) {
        let whole = Array(Self.body.utf8)
        let end = whole.count - 2
        for count in 0..<(end - 1) {
            let error = #expect(throws: JSONTextError.self) {
                try elements(of: Array(whole[..<count]), chunk: size)
            }
            #expect(error?.code == (count <= 2 ? .empty : .truncated))
            #expect(error?.offset == count)
        }
    }

    @Test(arguments: refused)
    func `what is wrong between elements is found at its byte`(
        body: String,
        code: JSONTextError.Code,
        offset: Int
    ) {
        for size in [1, 3, 100] {
            let error = #expect(throws: JSONTextError.self) {
                try elements(of: Array(body.utf8), chunk: size)
            }
            #expect(error?.code == code)
            #expect(error?.offset == offset)
        }
    }

    @Test(arguments: ["{\"a\":[1]}", "\"a]b\"", "17", "null", "\u{FEFF}{\"a\":1}"])
    func `a lone value is one element`(body: String) throws {
        for size in [1, 2, 100] {
            let found = try elements(of: Array(body.utf8), chunk: size)
            #expect(found.count == 1)
            #expect(found[0].pointer == "")
            #expect(try found[0].parse().rawText == JSONText(parsing: body).rawText)
        }
    }

    @Test func `an element's error tells the place in the body`() throws {
        let body = "[{\"id\": 1},\n  {\"id\": nope}]"
        let found = try elements(of: Array(body.utf8), chunk: 5)
        let error = #expect(throws: JSONTextError.self) { try found[1].parse() }
        #expect(error?.offset == 21)
        #expect(error?.line == 2)
        #expect(error?.column == 10)
        #expect(error?.pointer == "/1/id")
    }

    @Test func `an element above the limit is refused before it is complete`() {
        var splitter = JSONArraySplitter(maximumElementBytes: 1000)
        let chunk = Array(repeating: UInt8(ascii: "a"), count: 400)
        let error = #expect(throws: JSONTextError.self) {
            try splitter.append(Array("[1,\n \"".utf8)) { _ in }
            for _ in 0..<100 { try splitter.append(chunk) { _ in } }
        }
        #expect(error?.code == .tooLarge)
        #expect(error?.offset == 5)
        #expect(error?.line == 2)
        #expect(error?.column == 2)
        #expect(error?.pointer == "/1")
    }

    @Test func `an error stays`() {
        var splitter = JSONArraySplitter()
        #expect(throws: JSONTextError.self) { try splitter.append(Array("[1}".utf8)) { _ in } }
        #expect(throws: JSONTextError.self) { try splitter.append(Array("]".utf8)) { _ in } }
        #expect(throws: JSONTextError.self) { try splitter.finish() }
    }

    @Test(arguments: 0..<4)
    func `random bodies split as they parse`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let values = (0..<Int.random(in: 0...6, using: &random)).map { _ in random.json() }
            var bytes = Array(("[" + values.joined(separator: ",") + "]").utf8)
            if Bool.random(using: &random) {
                let at = Int.random(in: bytes.indices, using: &random)
                bytes[at] = Array("[]{}\",\\ 1".utf8).randomElement(using: &random) ?? 0
            }
            let size = Int.random(in: 1...40, using: &random)
            let whole = try? JSONText(parsing: bytes)
            let split = try? elements(of: bytes, chunk: size).map { try $0.parse().rawText }
            let wanted = whole.map { $0.kind == .array ? $0.elements.map(\.rawText) : [$0.rawText] }
            #expect(split == wanted)
        }
    }

    private func elements(
        of body: [UInt8],
        chunk size: Int
    ) throws -> [JSONArraySplitter.Element] {
        var splitter = JSONArraySplitter()
        var found: [JSONArraySplitter.Element] = []
        for start in stride(from: 0, to: body.count, by: size) {
            let chunk = Array(body[start..<min(start + size, body.count)])
            try splitter.append(chunk) { found.append($0) }
        }
        try splitter.finish { found.append($0) }
        return found
    }
}
