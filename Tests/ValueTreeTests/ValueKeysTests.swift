import Testing
import ValueTree

@Suite struct ValueKeysTests {
    @Test func `one name has one number from every thread`() async throws {
        let keys = ValueKeys()
        let found = await withTaskGroup(of: [UInt16?].self) { group in
            for _ in 0..<8 {
                group.addTask { (0..<2000).map { keys.intern("name \($0)") } }
            }
            var found: [[UInt16?]] = []
            for await numbers in group { found.append(numbers) }
            return found
        }
        #expect(Set(found).count == 1)
        #expect(Set(found[0]).count == 2000)
    }

    @Test func `a full table keeps what it has`() {
        let keys = ValueKeys(capacity: 2)
        let first = keys.intern("a")
        #expect(first != nil)
        #expect(keys.intern("") != nil)
        #expect(keys.intern("b") == nil)
        #expect(keys.intern("a") == first)
        #expect(keys.intern(String(repeating: "long", count: 100)) == nil)
    }

    @Test func `a tree outlives the table that was full`() throws {
        let keys = ValueKeys(capacity: 1)
        let root = try ValueTree(json: Array(#"{"a":1,"b":2,"a":3,"b":4}"#.utf8), keys: keys).root
        #expect(root["a"]?.int == 3)
        #expect(root["b"]?.int == 4)
        #expect(root.members.map(\.name) == ["a", "b"])
    }
}
