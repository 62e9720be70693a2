import Testing
import ValueTree

@Suite struct ValueBatchTests {
    static let task = #"{"id":5,"data":{"text" : "é"},"annotations":[{"id":8,"result":[ 1 ]}]}"#

    @Test(arguments: [ValueReads.text, .tree, .both])
    func `a batch carries what its reader reads`(reads: ValueReads) throws {
        let json = Array(Self.task.utf8)
        let text = try JSONText(parsing: json)
        let data = try #require(text["data"])
        let result = try #require(text["annotations"]?[0]?["result"])
        let fields = ValueRootFields(
            taskID: 5,
            projectID: 2,
            revision: 3,
            updatedAtMicroseconds: 1_700_000_000_000_000,
            annotationCount: 1
        )
        var builder = ValueBatchBuilder(keys: ValueKeys(), reads: reads)
        try builder.append(
            fields,
            json: json,
            data: data.rawRange,
            results: [(annotationID: 8, range: result.rawRange)]
        )
        let root = try builder.finish()[0]
        #expect(root.fields == fields)
        #expect((root.value?["data"]?["text"]?.string == "é") == reads.contains(.tree))
        #expect(root.text == (reads.contains(.text) ? json : nil))
        #expect(root.dataText == (reads.contains(.text) ? data.rawBytes : nil))
        #expect(root.resultTexts.map(\.bytes) == (reads.contains(.text) ? [result.rawBytes] : []))
        #expect(root.resultTexts.map(\.annotationID) == (reads.contains(.text) ? [8] : []))
    }

    @Test func `a task that is not JSON leaves the others alone`() throws {
        var builder = ValueBatchBuilder(keys: ValueKeys(), reads: .both)
        for text in ["[1]", "[1,", "{\"a\":\"\\x\"}", "[2]", "", "[3]"] {
            try? builder.append(ValueRootFields(), json: Array(text.utf8))
        }
        let batch = try builder.finish()
        #expect((0..<batch.count).map { batch[$0].value?[0]?.int } == [1, 2, 3])
    }

    @Test func `a batch is full by its count or its bytes`() throws {
        var few = ValueBatchBuilder(keys: ValueKeys(), rootCapacity: 2, reads: .tree)
        #expect([few.isEmpty, few.isFull] == [true, false])
        try few.append(ValueRootFields(), json: Array("1".utf8))
        #expect([few.isEmpty, few.isFull] == [false, false])
        try few.append(ValueRootFields(), json: Array("2".utf8))
        #expect([few.isEmpty, few.isFull] == [false, true])
        #expect(throws: JSONTextError.self) {
            try few.append(ValueRootFields(), json: Array("3".utf8))
        }
        #expect(try few.finish().count == 2)
        var small = ValueBatchBuilder(keys: ValueKeys(), byteTarget: 100_000, reads: .tree)
        let long = Array("\"\(String(repeating: "a", count: 60_000))\"".utf8)
        try small.append(ValueRootFields(), json: long)
        #expect([small.isFull] == [true])
    }

    @Test func `batches of one stream share their names and are numbered`() throws {
        let keys = ValueKeys()
        let wanted = try #require(keys.intern("wanted"))
        var builder = ValueBatchBuilder(keys: keys, reads: .tree)
        var batches: [ValueBatch] = []
        for index in 0..<5 {
            try builder.append(
                ValueRootFields(taskID: Int64(index)),
                json: Array("{\"new\(index)\":0,\"wanted\":\(index)}".utf8)
            )
            batches.append(try builder.finish())
        }
        for (index, batch) in batches.enumerated() {
            #expect(batch.sequence == index)
            #expect(batch[0].value?[key: wanted]?.int == index)
            #expect(batch[0].value?.members.map(\.name) == ["new\(index)", "wanted"])
        }
        #expect(try builder.finish().count == 0)
    }
}
