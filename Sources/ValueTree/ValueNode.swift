import CPostilPlugin

/// A value in a value tree.
///
/// Asking the wrong kind gives nil or an empty sequence, so that a path can be walked without a
/// check at each step: `node["value"]?["x"]?.double`. A node keeps its arena alive.
public struct ValueNode: Sendable {
    /// What a value is.
    ///
    /// The packed arrays are arrays of numbers or points in one piece.
    public enum Kind: Hashable, Sendable {
        case null, bool, number, string, bytes, array, object
        case packedNumbers, packedPoints
        /// A kind that is newer than this program.
        case unknown
    }

    let storage: ValueStorage
    let offset: Int

    init(storage: ValueStorage, offset: Int) {
        self.storage = storage
        self.offset = offset
    }

    public var kind: Kind {
        switch Int(unsafe storage.node(offset).pointee.kind) {
        case POSTIL_KIND_NULL: .null
        case POSTIL_KIND_BOOL: .bool
        case POSTIL_KIND_I64, POSTIL_KIND_U64, POSTIL_KIND_F64, POSTIL_KIND_NUMBER_TEXT: .number
        case POSTIL_KIND_STRING: .string
        case POSTIL_KIND_BYTES: .bytes
        case POSTIL_KIND_ARRAY: .array
        case POSTIL_KIND_OBJECT: .object
        case POSTIL_KIND_F64_ARRAY, POSTIL_KIND_I64_ARRAY: .packedNumbers
        case POSTIL_KIND_POINT_ARRAY: .packedPoints
        default: .unknown
        }
    }

    /// Runs `body` with the value as the C functions take it.
    func withValue<Answer>(_ body: (postil_value_t) -> Answer) -> Answer {
        var batch = unsafe storage.batch()
        return unsafe withUnsafePointer(to: &batch) { batch in
            unsafe body(postil_value_t(batch: batch, node: storage.node(offset)))
        }
    }
}
