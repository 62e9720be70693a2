import CPostilPlugin
import CSimdJSON

/// The memory in which a batch is built.
///
/// One thread at a time.
@safe struct ValueArena: ~Copyable {
    let pointer: OpaquePointer

    /// - Parameters:
    ///   - rootCapacity: How many roots a batch has at most.
    ///   - byteTarget: From here on a batch counts as full.
    ///   - byteLimit: A batch never grows beyond this.
    init(rootCapacity: Int, byteTarget: Int, byteLimit: Int) {
        let made = unsafe postil_arena_make(
            UInt32(clamping: max(rootCapacity, 1)),
            UInt64(max(byteTarget, 0)),
            UInt64(max(byteLimit, 0))
        )
        guard let made = unsafe made else { fatalError("no memory for an arena") }
        unsafe pointer = unsafe made
    }

    deinit {
        unsafe postil_arena_free(pointer)
    }

    /// Empties the arena for a new batch.
    func begin() throws(ValueTreeError) {
        guard unsafe postil_arena_begin(pointer) == POSTIL_JSON_OK else {
            throw ValueTreeError(code: .tooLarge)
        }
    }

    /// The builder of the batch that has begun.
    @unsafe var builder: UnsafeMutablePointer<postil_builder_t> {
        unsafe postil_arena_builder(pointer)
    }

    var isFull: Bool { unsafe postil_build_is_full(builder) }

    var rootCount: Int { unsafe Int(builder.pointee.root_count) }

    /// Completes the batch and takes its memory.
    func finish(keys: ValueKeys) throws(ValueTreeError) -> ValueStorage {
        var count: UInt64 = 0
        let memory = unsafe keys.withTable { table in
            unsafe postil_arena_finish(pointer, table, &count)
        }
        guard let memory = unsafe memory else {
            throw unsafe ValueTreeError(builderStatus: builder.pointee.status)
                ?? ValueTreeError(code: .tooLarge)
        }
        return unsafe ValueStorage(taking: memory, byteCount: Int(count), keys: keys)
    }

    /// The largest arena that there is.
    static var largest: Int { Int(POSTIL_ARENA_BYTES_MAX) }
}
