import CPostilPlugin
import Testing
import ValueTree

@Suite struct JSONTextServiceTests {
    @Test func `a plugin gets the text of a value in pieces`() throws {
        let long = String(repeating: "é", count: 50_000)
        let tree = try ValueTree(json: Array(#"{"a":["\#(long)",1]}"#.utf8))
        var gathered = Gathered()
        let status = unsafe tree.withABI { batch in
            let value = unsafe postil_batch_value(batch, 0)
            return unsafe render(batch, value.node, into: &gathered)
        }
        #expect(Int(status) == POSTIL_OK)
        #expect(gathered.bytes == tree.root.jsonText())
        #expect(gathered.pieces > 1)
    }

    @Test func `a failure of the writer ends the text`() throws {
        let tree = try ValueTree(
            json: Array("[\"\(String(repeating: "a", count: 100_000))\"]".utf8)
        )
        var gathered = Gathered(capacity: 1)
        let status = unsafe tree.withABI { batch in
            unsafe render(batch, postil_batch_value(batch, 0).node, into: &gathered)
        }
        #expect(Int(status) == POSTIL_ERROR_IO)
        #expect(gathered.pieces == 1)
    }

    @Test func `a missing value is refused`() throws {
        let tree = try ValueTree(json: Array("{}".utf8))
        var gathered = Gathered()
        let status = unsafe tree.withABI { batch in
            let missing = unsafe postil_object_named(postil_batch_value(batch, 0), "nothing")
            return unsafe render(batch, missing.node, into: &gathered)
        }
        #expect(Int(status) == POSTIL_ERROR_INVALID_ARGUMENT)
        #expect(gathered.pieces == 0)
    }

    private struct Gathered {
        var bytes: [UInt8] = []
        var pieces = 0
        var capacity = Int.max
    }

    private func render(
        _ batch: UnsafePointer<postil_batch_t>,
        _ node: UnsafePointer<postil_node_t>?,
        into gathered: inout Gathered
    ) -> Int32 {
        unsafe withUnsafeMutablePointer(to: &gathered) { gathered in
            unsafe JSONTextService.render(
                batch,
                node,
                options: 0,
                writeContext: gathered,
                write: { context, piece in
                    guard let gathered = unsafe context?.assumingMemoryBound(to: Gathered.self)
                    else { return Int32(POSTIL_ERROR_INTERNAL) }
                    unsafe gathered.pointee.pieces += 1
                    let bytes = unsafe UnsafeBufferPointer(
                        start: piece.bytes,
                        count: Int(piece.count)
                    )
                    unsafe gathered.pointee.bytes.append(contentsOf: bytes)
                    let fits = unsafe gathered.pointee.bytes.count <= gathered.pointee.capacity
                    return Int32(fits ? POSTIL_OK : POSTIL_ERROR_IO)
                },
                error: nil
            )
        }
    }
}
