import Testing
import ValueTree

@Suite struct JSONTextTests {
    @Test func `members and elements are found by name and index`() throws {
        let text = try JSONText(parsing: #"{"value":{"x":1.5,"labels":["a","b"]},"id":"r1"}"#)
        #expect(text["value"]?["x"]?.double == 1.5)
        #expect(text["value"]?["labels"]?[1]?.string == "b")
        #expect(text["id"]?.string == "r1")
        #expect(text["id"]?["x"] == nil)
        #expect(text["nothing"] == nil)
    }
}
