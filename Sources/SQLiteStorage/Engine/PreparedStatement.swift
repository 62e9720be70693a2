import GRDBSQLite

/// A compiled statement.
///
/// It belongs to the thread of its connection.
@safe final class PreparedStatement {
    private let handle: OpaquePointer
    private let connection: OpaquePointer
    /// Kept alive, because its identity is this statement's key in the cache.
    private let sql: SQLText

    /// Compiles a statement.
    ///
    /// The connection must outlive it; ``Connection`` sees to that.
    init(_ sql: SQLText, on connection: OpaquePointer) throws(SQLiteFailure) {
        var handle: OpaquePointer?
        let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
        let code = unsafe sqlite3_prepare_v3(connection, sql.text, -1, flags, &handle, nil)
        guard code == SQLITE_OK, let handle = unsafe handle else {
            throw unsafe SQLiteFailure(code, on: connection)
        }
        unsafe self.handle = handle
        unsafe self.connection = connection
        self.sql = sql
    }

    func finalize() {
        _ = unsafe sqlite3_finalize(handle)
    }

    /// Runs to the next row.
    ///
    /// - Returns: False after the last row.
    func step() throws(SQLiteFailure) -> Bool {
        switch unsafe sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw unsafe SQLiteFailure(code, on: connection)
        }
    }

    /// Makes the statement ready to run again and lets go of what was bound to it.
    ///
    /// The code is that of the last `step` again, which has been thrown already.
    func reset() {
        _ = unsafe sqlite3_reset(handle)
        _ = unsafe sqlite3_clear_bindings(handle)
    }
}

// MARK: Binding

/// Indices count from 1. Binding fails only on an index that the statement lacks, which is a
/// mistake in this module that every test of the statement shows, or on values beyond 1 GB, which
/// the callers' limits keep away; so the codes are not looked at.
extension PreparedStatement {
    /// Tells the engine to take a copy before the call returns.
    private static var copy: sqlite3_destructor_type {
        unsafe unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }

    func bindNull(at index: Int32) {
        _ = unsafe sqlite3_bind_null(handle, index)
    }

    func bind(_ value: Int64, at index: Int32) {
        _ = unsafe sqlite3_bind_int64(handle, index, value)
    }

    func bind(_ value: Double, at index: Int32) {
        _ = unsafe sqlite3_bind_double(handle, index, value)
    }

    func bind(text: String, at index: Int32) {
        var text = text
        text.withUTF8 { utf8 in
            // An empty buffer may have no address, which the engine would take for NULL.
            guard let start = utf8.baseAddress else {
                _ = unsafe sqlite3_bind_text(handle, index, "", 0, Self.copy)
                return
            }
            unsafe start.withMemoryRebound(to: CChar.self, capacity: utf8.count) { characters in
                _ = unsafe sqlite3_bind_text64(
                    handle,
                    index,
                    characters,
                    UInt64(utf8.count),
                    Self.copy,
                    UInt8(SQLITE_UTF8)
                )
            }
        }
    }

    /// Binds UTF-8 text that is kept as bytes.
    func bind(text: [UInt8], at index: Int32) {
        unsafe text.withUnsafeBytes { bytes in
            let characters = unsafe bytes.bindMemory(to: CChar.self)
            guard let start = characters.baseAddress else {
                _ = unsafe sqlite3_bind_text(handle, index, "", 0, Self.copy)
                return
            }
            _ = unsafe sqlite3_bind_text64(
                handle,
                index,
                start,
                UInt64(bytes.count),
                Self.copy,
                UInt8(SQLITE_UTF8)
            )
        }
    }

    /// Binds texts from an index on, runs the statement to its end and lets go of the texts.
    ///
    /// The engine reads them where they lie, behind one another in one buffer.
    func run(texts: some Sequence<[UInt8]>, from firstIndex: Int32) throws(SQLiteFailure) {
        var buffer: [UInt8] = []
        var ends: [Int] = []
        for text in texts {
            buffer += text
            ends.append(buffer.count)
        }
        let outcome = unsafe buffer.withUnsafeBytes { bytes -> Result<Void, SQLiteFailure> in
            var start = 0
            for (offset, end) in ends.enumerated() {
                let text = unsafe UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                unsafe text.withMemoryRebound(to: CChar.self) { characters in
                    _ = unsafe sqlite3_bind_text64(
                        handle,
                        firstIndex + Int32(offset),
                        characters.baseAddress,
                        UInt64(characters.count),
                        nil,
                        UInt8(SQLITE_UTF8)
                    )
                }
                start = end
            }
            defer { reset() }
            do throws(SQLiteFailure) {
                while try step() {}
                return .success(())
            } catch {
                return .failure(error)
            }
        }
        try outcome.get()
    }

    func bind(blob: [UInt8], at index: Int32) {
        unsafe blob.withUnsafeBytes { bytes in
            guard let start = bytes.baseAddress else {
                _ = unsafe sqlite3_bind_zeroblob(handle, index, 0)
                return
            }
            _ = unsafe sqlite3_bind_blob64(handle, index, start, UInt64(bytes.count), Self.copy)
        }
    }
}

// MARK: Columns

/// Columns count from 0 and can be read after ``step()`` returned true.
extension PreparedStatement {
    func isNull(_ column: Int32) -> Bool {
        unsafe sqlite3_column_type(handle, column) == SQLITE_NULL
    }

    func integer(_ column: Int32) -> Int64 {
        unsafe sqlite3_column_int64(handle, column)
    }

    func double(_ column: Int32) -> Double {
        unsafe sqlite3_column_double(handle, column)
    }

    /// A blob, or the UTF-8 bytes of a text.
    func bytes(_ column: Int32) -> [UInt8] {
        let start = unsafe sqlite3_column_blob(handle, column)
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }

    func text(_ column: Int32) -> String {
        let start = unsafe sqlite3_column_blob(handle, column)
        let count = unsafe Int(sqlite3_column_bytes(handle, column))
        return unsafe String(
            decoding: UnsafeRawBufferPointer(start: start, count: count),
            as: UTF8.self
        )
    }
}
