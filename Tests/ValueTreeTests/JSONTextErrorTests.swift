import Testing
import ValueTree

@Suite struct JSONTextErrorTests {
    static let notUTF8: [([UInt8], Int)] = [
        ([0x80], 0), ([0xC0, 0xAF], 0), ([0xE0, 0x80, 0xAF], 0), ([0xED, 0xA0, 0x80], 0),
        ([0xF4, 0x90, 0x80, 0x80], 0), ([0xF5, 0x80, 0x80, 0x80], 0), ([0x61, 0xFF], 1),
        ([0xC3, 0xA9, 0xC3], 2), ([0xE2, 0x82], 0), ([0xF0, 0x9F, 0x98], 0), ([0xFE], 0),
    ]

    static let refused: [(String, JSONTextError.Code, Int)] = [
        ("", JSONTextError.Code.empty, 0), ("  \n", .empty, 3), ("[1,]", .syntax, 3),
        ("[1 2]", .syntax, 3), ("{\"a\" 1}", .syntax, 5), ("{a:1}", .syntax, 1),
        ("{\"a\":1,}", .syntax, 7), ("[,1]", .syntax, 1), ("{1:2}", .syntax, 1),
        ("[1}", .syntax, 2), ("{\"a\":1]", .syntax, 6), ("]", .syntax, 0), (":", .syntax, 0),
        ("[NaN]", .syntax, 1), ("[Infinity]", .syntax, 1), ("nul", .truncated, 3),
        ("nulL", .syntax, 0), ("nulls", .syntax, 0), ("True", .syntax, 0), ("'a'", .syntax, 0),
        ("01", .number, 0), ("-", .truncated, 1), ("1.", .truncated, 2), (".5", .syntax, 0),
        ("[1.]", .number, 1), ("1e", .truncated, 2), ("[1e+]", .number, 1), ("+1", .syntax, 0),
        ("0x10", .number, 0), ("[-a]", .number, 1), ("1_000", .number, 0), ("--1", .number, 0),
        ("[1] [2]", .trailingText, 4), ("{} x", .trailingText, 3), ("1 2", .trailingText, 2),
        ("[1]\0", .trailingText, 3), ("[\0]", .syntax, 1), ("\"a\u{1}\"", .controlCharacter, 2),
        ("\"a\nb\"", .controlCharacter, 2), ("\"\\x\"", .escape, 1),
        ("\"\\u12G4\"", .escape, 1),
        ("\"\\ud800\"", .escape, 1), ("\"\\udc00\"", .escape, 1),
        ("\"\\ud800\\u0041\"", .escape, 1),
        ("{\"\\q\":1}", .escape, 2), ("\"abc", .truncated, 4), ("[\"a\\", .truncated, 4),
        ("\"a\" \"b\"", .trailingText, 4), ("\"a\"b", .trailingText, 3),
        ("[1]]", .trailingText, 3),
        ("1\"a\"", .number, 0), ("[1\"],\"]", .number, 1), ("true\"x\"", .syntax, 0),
        ("1\0", .number, 0),
        ("[null\0]", .syntax, 1), ("1\u{C}", .number, 0), ("[1,\u{1A}2]", .syntax, 3),
        ("/**/1", .syntax, 0), ("\u{FEFF}", .empty, 3), ("[\u{FEFF}]", .syntax, 1),
    ]

    static let task = #"""
        {"id": 17, "data": {"text": "caf\u00e9 \\ é😀", "n": [1.5e-3, -0, true, false, null]},
         "annotations": [{"result": [{"value": {"x": 12.25, "labels": ["Car"]}}], "lead_time": 3}]}
        """#

    @Test(arguments: refused)
    func `what is not JSON is refused at its place`(
        text: String,
        code: JSONTextError.Code,
        offset: Int
    ) {
        let error = #expect(throws: JSONTextError.self) { try JSONText(parsing: text) }
        #expect(error?.code == code)
        #expect(error?.offset == offset)
        #expect(error?.message.isEmpty == false)
        let fromTree = #expect(throws: JSONTextError.self) { try ValueTree(json: Array(text.utf8)) }
        #expect(fromTree?.code == code)
        #expect(fromTree?.offset == offset)
    }

    @Test func `a document cut at any byte is refused as truncated`() throws {
        let whole = Array(Self.task.utf8)
        _ = try JSONText(parsing: whole)
        for count in 0..<whole.count {
            let error = #expect(throws: JSONTextError.self) {
                try JSONText(parsing: whole[..<count])
            }
            // A cut inside of a character is not UTF-8 either.
            let isWhole = String(validating: whole[..<count], as: UTF8.self) != nil
            #expect(error?.code == (count == 0 ? .empty : isWhole ? .truncated : .notUTF8))
            #expect(error.map { $0.offset <= count } == true)
        }
    }

    @Test(arguments: notUTF8)
    func `bytes that are not UTF-8 are refused at their place`(bytes: [UInt8], offset: Int) {
        let text = [UInt8(ascii: "["), UInt8(ascii: "\"")] + bytes + Array("\"]".utf8)
        let error = #expect(throws: JSONTextError.self) { try JSONText(parsing: text) }
        #expect(error?.code == .notUTF8)
        #expect(error?.offset == 2 + offset)
    }

    @Test func `the pointer names the innermost open value`() {
        let error = #expect(throws: JSONTextError.self) {
            try JSONText(parsing: "[{\"a\": 1},\n {\"b/c\": [true, nope]}]")
        }
        #expect(error?.pointer == "/1/b~1c/1")
        #expect(error?.line == 2)
        #expect(error?.column == 17)
        #expect(error?.message == "“n” cannot stand here.")
    }

    @Test func `128 containers inside each other are read and 129 are not`() throws {
        let deepest = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(try JSONText(parsing: deepest).count == 1)
        #expect(try ValueTree(json: Array(deepest.utf8)).root.count == 1)
        let error = #expect(throws: JSONTextError.self) { try JSONText(parsing: "[\(deepest)]") }
        #expect(error?.code == .tooDeep)
        #expect(error?.offset == 128)
        let bomb = Array(repeating: UInt8(ascii: "["), count: 1_000_000)
        #expect(throws: JSONTextError.self) { try ValueTree(json: bomb) }
    }

    @Test func `an error of a part moves to its place in the whole`() throws {
        let error = try #require(
            #expect(throws: JSONTextError.self) { try JSONText(parsing: "{\"a\":\n nope}") }
        )
        let moved = error.moved(toOffset: 100, line: 7, column: 5, pointer: "/3")
        #expect(moved.offset == 107)
        #expect(moved.line == 8)
        #expect(moved.column == 2)
        #expect(moved.pointer == "/3/a")
    }

    @Test(arguments: 0..<4)
    func `damaged text is refused or reads back the same`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let interesting = Array("{}[]\",:\\0e-.n\u{0} ".utf8) + [0xFF, 0xC3]
        for _ in 0..<1500 {
            var bytes = Array(random.json().utf8)
            for _ in 0..<Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: bytes.indices, using: &random)] =
                    interesting.randomElement(using: &random) ?? 0
            }
            let text = try? JSONText(parsing: bytes)
            let tree = try? ValueTree(json: bytes)
            #expect((text == nil) == (tree == nil))
            guard let tree else { continue }
            let written = tree.root.jsonText()
            #expect(try ValueTree(json: written).root.jsonText() == written)
        }
    }
}
