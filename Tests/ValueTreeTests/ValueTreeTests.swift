import Testing
import ValueTree

@Suite struct ValueTreeTests {
    @Test func `a tree from text reads as the text does`() throws {
        let tree = try ValueTree(json: Array(#"{"a":[1,2.5,"x",null,true],"b":{}}"#.utf8))
        #expect(tree.root["a"]?[1]?.double == 2.5)
        #expect(tree.root["a"]?.elements.map(\.isNull) == [false, false, false, true, false])
        #expect(
            String(decoding: tree.root.jsonText(), as: UTF8.self)
                == #"{"a":[1,2.5,"x",null,true],"b":{}}"#
        )
    }
}
