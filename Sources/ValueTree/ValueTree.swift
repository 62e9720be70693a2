import CPostilPlugin
import CSimdJSON

/// One value with all that is in it, in the form that plugins read.
public struct ValueTree: Sendable {
    let storage: ValueStorage

    /// Makes a tree from JSON text.
    ///
    /// - Parameters:
    ///   - json: UTF-8 text of one value.
    ///   - keys: Where names are interned; by default a small table of the tree's own.
    /// - Throws: ``JSONTextError`` for what is not JSON, is nested too deep, or larger than 256 MiB.
    public init(
        json: [UInt8],
        keys: ValueKeys = ValueKeys(capacity: 256)
    ) throws(JSONTextError) {
        var builder = ValueBatchBuilder(keys: keys, rootCapacity: 1, reads: .tree)
        try builder.append(ValueRootFields(), json: json)
        do {
            storage = try builder.finish().storage
        } catch {
            throw JSONTextError(code: .tooLarge, offset: 0, line: 1, column: 1)
        }
    }

    /// Makes a tree value by value.
    ///
    ///     try ValueTree { $0.object { $0["id"].value(7); $0["settings"].json(text) } }
    ///
    /// - Parameters:
    ///   - keys: Where names are interned; by default a small table of the tree's own.
    ///   - build: Writes exactly one value.
    /// - Throws: ``ValueTreeError`` when it wrote none or several, or something that JSON has not.
    public init(
        keys: ValueKeys = ValueKeys(capacity: 256),
        _ build: (ValueWriter) -> Void
    ) throws(ValueTreeError) {
        let arena = ValueArena(
            rootCapacity: 1,
            byteTarget: ValueArena.largest,
            byteLimit: ValueArena.largest
        )
        try arena.begin()
        unsafe postil_build_root(arena.builder, nil)
        let writer = unsafe ValueWriter(arena: arena.pointer, keys: keys)
        build(writer)
        if let error = writer.failure { throw error }
        unsafe postil_build_root_end(arena.builder)
        storage = try arena.finish(keys: keys)
    }

    public var root: ValueNode {
        let root = unsafe withBatch { batch in
            unsafe postil_batch_root(batch, 0).pointee.node_offset
        }
        return ValueNode(storage: storage, offset: Int(root))
    }

    private func withBatch<Answer>(
        _ body: (UnsafePointer<postil_batch_t>) -> Answer
    ) -> Answer {
        var batch = unsafe storage.batch()
        return unsafe withUnsafePointer(to: &batch) { batch in unsafe body(batch) }
    }
}
