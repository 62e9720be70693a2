import Testing
import ValueTree

@Suite struct JSONTextTests {
    static let numbers: [(String, Int64?, Double?)] = [
        ("0", Int64(0), 0.0), ("-0", nil, -0.0), ("3.0", 3, 3.0), ("3e0", 3, 3.0),
        ("2.5", nil, 2.5),
        ("9223372036854775807", .max, 0x1p63), ("-9223372036854775808", .min, -0x1p63),
        ("9223372036854775808", nil, 0x1p63), ("18446744073709551615", nil, 0x1p64),
        ("18446744073709551616", nil, 0x1p64), ("1e308", nil, 1e308), ("-1e309", nil, nil),
        ("1e-400", nil, 0.0), ("5e-324", nil, .leastNonzeroMagnitude), ("0.1", nil, 0.1),
        ("1E+2", 100, 100),
        ("123456789012345678901234567890", nil, 123456789012345678901234567890.0),
        ("0.1000000000000000055511151231257827021181583404541015625", nil, 0.1),
        ("1e99999999999999999999", nil, nil),
        ("9007199254740993", 9_007_199_254_740_993, 0x1p53),
    ]

    @Test func `members and elements are found by name and index`() throws {
        let text = try JSONText(parsing: #"{"value":{"x":1.5,"labels":["a","b"]},"id":"r1"}"#)
        #expect(text["value"]?["x"]?.double == 1.5)
        #expect(text["value"]?["labels"]?[1]?.string == "b")
        #expect(text["value"]?["labels"]?[2] == nil)
        #expect(text["value"]?["labels"]?[-1] == nil)
        #expect(text["id"]?.string == "r1")
        #expect(text["id"]?["x"] == nil)
        #expect(text["nothing"] == nil)
        #expect(text.count == 2)
    }

    @Test func `the last of several members with one name counts`() throws {
        let text = try JSONText(parsing: #"{"a":1,"b":2,"\u0061":3}"#)
        #expect(text["a"]?.int == 3)
        #expect(text.members.map(\.name) == ["a", "b", "a"])
    }

    @Test func `raw bytes are what came in without the space around`() throws {
        let text = try JSONText(parsing: " [ {\"a\" : 1.00 } ,\n 1e2 ,\"\\u0041\" ] ")
        #expect(text.elements.map(\.rawText) == [#"{"a" : 1.00 }"#, "1e2", #""\u0041""#])
        #expect(text.rawRange == 1..<35)
        #expect(text[0]?["a"]?.rawText == "1.00")
        #expect(text[2]?.string == "A")
    }

    @Test func `a byte order mark is skipped and counted`() throws {
        let text = try JSONText(parsing: [0xEF, 0xBB, 0xBF] + Array("[7]".utf8))
        #expect(text[0]?.int == 7)
        #expect(text.rawRange == 3..<6)
    }

    @Test func `strings are unescaped`() throws {
        let text = try JSONText(parsing: #""a\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00\u0000z""#)
        #expect(text.string == "a\"\\/\u{8}\u{C}\n\r\té😀\0z")
    }

    @Test func `a value knows its pointer and its place`() throws {
        let text = try JSONText(parsing: "{\"a/b\": [1,\n  {\"c~d\": true}]}")
        let value = try #require(text["a/b"]?[1]?["c~d"])
        #expect(value.pointer == "/a~1b/1/c~0d")
        #expect(value.place == (2, 11))
        #expect(text.pointer == "")
    }

    @Test(arguments: numbers)
    func `numbers are read exactly or as the nearest double`(
        text: String,
        integer: Int64?,
        double: Double?
    ) throws {
        let value = try JSONText(parsing: text)
        // Minus zero equals zero, so it is an integer for those who ask for one.
        #expect(value.int64 == (text == "-0" ? 0 : integer))
        #expect(value.double == double)
        #expect(value.double?.sign == double?.sign)
    }

    @Test func `asking the wrong kind gives nothing`() throws {
        let text = try JSONText(parsing: #"["1", 1, null, true, {}]"#)
        #expect(text[0]?.int64 == nil)
        #expect(text[0]?.double == nil)
        #expect(text[1]?.string == nil)
        #expect(text[1]?.bool == nil)
        #expect(text[2]?.isNull == true)
        #expect(text[3]?.bool == true)
        #expect(text[4]?.count == 0)
        #expect(text["a"] == nil)
        #expect(Array(text.members.map(\.name)).isEmpty)
        #expect(text.elements.map(\.kind) == [.string, .number, .null, .bool, .object])
    }

    @Test func `a text of fifty megabytes is one task`() throws {
        let long = String(repeating: "0123456789", count: 5_000_000)
        let text = try JSONText(parsing: #"{"data":{"text":"\#(long)"}}"#)
        #expect(text["data"]?["text"]?.string?.utf8.count == 50_000_000)
        let tree = try ValueTree(json: text.rawBytes)
        #expect(tree.root.jsonText().count == text.rawBytes.count)
    }
}
