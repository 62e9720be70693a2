import Testing
import ValueTree

@Suite struct ValueTreeTests {
    /// A text, and how it is written again.
    static let written: [(String, String)] = [
        ("null", "null"), ("true", "true"), ("[ ]", "[]"), ("{ }", "{}"), ("\"\"", "\"\""),
        ("{\"\" : 1}", "{\"\":1}"), ("[1, -7, 0]", "[1,-7,0]"), ("-0", "-0.0"),
        ("1.0", "1.0"), ("100", "100"), ("1e2", "100.0"), ("1e16", "1e+16"),
        ("1e15", "1000000000000000.0"),
        ("123456.789", "123456.789"), ("0.0001", "0.0001"), ("0.00001", "1e-05"),
        ("0.1", "0.1"), ("1.7976931348623157e308", "1.7976931348623157e+308"),
        ("9007199254740993", "9007199254740993"), ("18446744073709551615", "18446744073709551615"),
        ("18446744073709551616", "18446744073709551616"),
        ("-9223372036854775809", "-9223372036854775809"),
        ("1e400", "1e400"), ("-1E+400", "-1E+400"), ("3.141592653589793238", "3.141592653589793"),
        (#""\u00e9\ud83d\ude00\/\b\u0000\n\"\\""#, "\"é😀/\\u0008\\u0000\\n\\\"\\\\\""),
        (#"{"a":1,"b":2,"a":{"c":[3]}}"#, #"{"b":2,"a":{"c":[3]}}"#),
        (#"{"a":{"x":1,"x":2},"a":[],"b":"x","b":"y","c":null}"#, #"{"a":[],"b":"y","c":null}"#),
    ]

    @Test(arguments: written)
    func `text becomes a tree and text again`(text: String, wanted: String) throws {
        let tree = try ValueTree(json: Array(text.utf8))
        #expect(String(decoding: tree.root.jsonText(), as: UTF8.self) == wanted)
        let again = try ValueTree(json: Array(wanted.utf8))
        #expect(String(decoding: again.root.jsonText(), as: UTF8.self) == wanted)
    }

    @Test func `a tree reads as its text does`() throws {
        let text =
            #"{"value":{"x":1.5,"labels":["a","b"],"big":1e400},"id":3.0,"no":null,"yes":true}"#
        let root = try ValueTree(json: Array(text.utf8)).root
        #expect(root["value"]?["x"]?.double == 1.5)
        #expect(root["value"]?["labels"]?[1]?.string == "b")
        #expect(root["value"]?["labels"]?[2] == nil)
        #expect(root["value"]?["labels"]?.elements.compactMap(\.string) == ["a", "b"])
        #expect(root["value"]?["big"]?.double == nil)
        #expect(root["id"]?.int == 3)
        #expect(root["id"]?.string == nil)
        #expect(root["no"]?.isNull == true)
        #expect(root["yes"]?.bool == true)
        #expect(root["nothing"] == nil)
        #expect(root.members.map(\.name) == ["value", "id", "no", "yes"])
        #expect(root.count == 4)
        #expect(root.elements.map(\.kind).isEmpty)
    }

    @Test func `points and numbers are read from plain and packed arrays`() throws {
        let plain = try ValueTree(json: Array("[[1,2.5],[-3,4]]".utf8)).root
        let packed = try ValueTree { $0.points([(1, 2.5), (-3, 4)]) }.root
        for root in [plain, packed] {
            #expect(root.points?.map(\.x) == [1, -3])
            #expect(root.points?.map(\.y) == [2.5, 4])
            #expect(root.count == 2)
        }
        #expect(String(decoding: packed.jsonText(), as: UTF8.self) == "[[1.0,2.5],[-3.0,4.0]]")
        #expect(try ValueTree(json: Array("[1,2.5]".utf8)).root.doubles == [1, 2.5])
        #expect(try ValueTree(json: Array("[1,\"a\"]".utf8)).root.doubles == nil)
        #expect(try ValueTree(json: Array("[[1,2],[3]]".utf8)).root.points == nil)
    }

    @Test func `a tree is written value by value`() throws {
        let tree = try ValueTree {
            $0.object {
                $0["project"].object {
                    $0["id"].value(7)
                    $0["title"].value("Fields \"east\"")
                }
                $0["rate"].value(0.5)
                $0["list"].array {
                    $0.value(true)
                    $0.null()
                }
                $0["settings"].json(Array(#"{"a":[1]}"#.utf8))
            }
        }
        let text =
            #"{"project":{"id":7,"title":"Fields \"east\""},"rate":0.5,"list":[true,null],"settings":{"a":[1]}}"#
        #expect(String(decoding: tree.root.jsonText(), as: UTF8.self) == text)
    }

    static let mistakes: [@Sendable (ValueWriter) -> Void] = [
        { _ in },
        {
            $0.null(); $0.null()
        },
        { $0.object { $0.value(1) } },
        { $0.object { _ = $0["a"] } },
        {
            $0.object {
                _ = $0["a"]; $0["b"].value(1)
            }
        },
        { $0.array { $0["a"].value(1) } },
        { $0.value(Double.nan) },
        { $0.value(-Double.infinity) },
        { $0.json(Array("[1".utf8)) },
    ]

    @Test(arguments: mistakes.indices)
    func `a mistake of the writer is an error`(index: Int) {
        #expect(throws: ValueTreeError.self) { try ValueTree(Self.mistakes[index]) }
    }

    @Test func `text is indented and reduced to ASCII on demand`() throws {
        let root = try ValueTree(json: Array(#"{"é":[1,{}],"b":"😀"}"#.utf8)).root
        let text = String(decoding: root.jsonText([.indented, .ascii]), as: UTF8.self)
        #expect(
            text == """
                {
                  "\\u00e9": [
                    1,
                    {}
                  ],
                  "b": "\\ud83d\\ude00"
                }
                """
        )
    }

    @Test func `seventy thousand names are not too many`() throws {
        let members = (0..<70_000).map { "\"key \($0)\":\($0)" }
        let json = "{" + members.joined(separator: ",") + ",\"key 5\":-5,\"key 69999\":-1}"
        let keys = ValueKeys()
        let root = try ValueTree(json: Array(json.utf8), keys: keys).root
        #expect(root.count == 70_000)
        #expect(root["key 5"]?.int == -5)
        #expect(root["key 65000"]?.int == 65_000)
        #expect(root["key 69999"]?.int == -1)
        #expect(keys.intern("one more") == nil)
        let text = root.jsonText()
        #expect(try JSONText(parsing: text).count == 70_000)
    }

    @Test func `names that were interned before have their number in every tree`() throws {
        let keys = ValueKeys()
        let id = try #require(keys.intern("id"))
        let value = try #require(keys.intern("value"))
        #expect(keys.intern("id") == id)
        for text in [#"{"a":1,"id":2}"#, #"{"value":[],"id":{}}"#] {
            let root = try ValueTree(json: Array(text.utf8), keys: keys).root
            #expect(root[key: id] != nil)
            #expect((root[key: value] != nil) == text.contains("value"))
        }
    }
}
