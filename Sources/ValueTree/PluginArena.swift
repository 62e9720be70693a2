package import CPostilPlugin
import CSimdJSON

/// The arena that a plugin builds in.
///
///   1. `withBuilder` empties it and lends its builder to the plugin.
///   2. `take` copies and checks what the plugin built. Nothing in it is trusted.
package struct PluginArena: ~Copyable {
    private let arena: ValueArena
    private let rootCapacity: Int
    private let byteTarget: Int

    /// Makes an arena.
    ///
    /// - Parameters:
    ///   - rootCapacity: How many roots a plugin may build at once.
    ///   - byteTarget: From here on the batch counts as full.
    ///   - byteLimit: A plugin that wants more gets an error.
    package init(
        rootCapacity: Int = 256,
        byteTarget: Int = 512 << 10,
        byteLimit: Int = 256 << 20
    ) {
        arena = ValueArena(
            rootCapacity: rootCapacity,
            byteTarget: byteTarget,
            byteLimit: byteLimit
        )
        self.rootCapacity = rootCapacity
        self.byteTarget = byteTarget
    }

    /// Empties the arena and lends its builder.
    package mutating func withBuilder<Answer>(
        _ body: (UnsafeMutablePointer<postil_builder_t>) -> Answer
    ) throws(ValueTreeError) -> Answer {
        try arena.begin()
        return unsafe body(arena.builder)
    }

    /// Copies and checks what was built.
    ///
    /// It may have no root.
    ///
    /// - Parameter keys: Where the names are interned.
    /// - Returns: The roots as trees; those that came as text have their text too.
    /// - Throws: ``ValueTreeError`` for the first thing that is wrong.
    package mutating func take(keys: ValueKeys) throws(ValueTreeError) -> ValueBatch {
        unsafe postil_build_finish(arena.builder)
        // Roots that came as text become text and tree, which is more than the plugin wrote.
        let target = ValueArena(
            rootCapacity: rootCapacity,
            byteTarget: byteTarget,
            byteLimit: ValueArena.largest
        )
        try target.begin()
        var error = postil_json_error_t()
        let code = unsafe keys.withTable { table in
            unsafe postil_arena_take(target.pointer, table, arena.pointer, &error)
        }
        guard code == POSTIL_JSON_OK else { throw ValueTreeError(error) }
        return ValueBatch(storage: try target.finish(keys: keys), sequence: 0)
    }

    /// Copies and checks an arena in plain memory.
    ///
    /// - Parameters:
    ///   - bytes: A whole arena, or anything at all.
    ///   - keys: Where the names are interned.
    ///   - rootCapacity: More roots are refused.
    /// - Returns: The roots as trees.
    /// - Throws: ``ValueTreeError`` for the first thing that is wrong.
    package static func take(
        bytes: [UInt8],
        keys: ValueKeys,
        rootCapacity: Int = 256
    ) throws(ValueTreeError) -> ValueBatch {
        let target = ValueArena(
            rootCapacity: rootCapacity,
            byteTarget: 512 << 10,
            byteLimit: ValueArena.largest
        )
        try target.begin()
        var error = postil_json_error_t()
        let code = unsafe bytes.withUnsafeBufferPointer { bytes in
            unsafe keys.withTable { table in
                unsafe postil_arena_take_bytes(
                    target.pointer,
                    table,
                    bytes.baseAddress,
                    UInt64(bytes.count),
                    &error
                )
            }
        }
        guard code == POSTIL_JSON_OK else { throw ValueTreeError(error) }
        return ValueBatch(storage: try target.finish(keys: keys), sequence: 0)
    }
}
