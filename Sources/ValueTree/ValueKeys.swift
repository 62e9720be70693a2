import CPostilPlugin
import CSimdJSON
import Synchronization

/// The interned names of one stream of batches.
///
/// Whoever reads a stream interns the names it looks for before the first batch is built; then
/// those names have small numbers in every batch, and are found by comparing numbers. Names are
/// only ever added.
///
/// Adding takes the lock. The table of names itself never moves, and an entry never changes once
/// it is there, so batches read it without one.
@safe public final class ValueKeys: @unchecked Sendable {
    private let table: OpaquePointer
    private let lock = Mutex(())
    let names: UnsafePointer<postil_bytes_t>

    /// Makes an empty table.
    ///
    /// - Parameter capacity: How many names are interned, at most 65,534; further ones are kept in
    ///   each tree. Take a small one for a few small trees.
    public init(capacity: Int = 65_534) {
        let capacity = UInt32(clamping: max(capacity, 0))
        guard let table = unsafe postil_key_table_make(capacity) else {
            fatalError("no memory for a table of \(capacity) names")
        }
        unsafe self.table = unsafe table
        unsafe names = unsafe postil_key_table_names(table)
    }

    deinit {
        unsafe postil_key_table_free(table)
    }

    /// How many names there are, the empty one of key 0 included.
    var count: UInt32 {
        unsafe withTable { table in unsafe postil_key_table_count(table) }
    }

    /// The number of a name, which is added if it is new; nil when the table is full.
    public func intern(_ name: String) -> UInt16? {
        var name = name
        let key = name.withUTF8 { name in
            unsafe withTable { table in
                unsafe postil_key_table_intern(table, name.baseAddress, UInt64(name.count))
            }
        }
        return key == POSTIL_KEY_NONE ? nil : UInt16(key)
    }

    /// Runs `body` while nobody else adds names.
    func withTable<Answer, Failure: Error>(
        _ body: (OpaquePointer) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        try lock.withLock { _ throws(Failure) in unsafe try body(table) }
    }
}
