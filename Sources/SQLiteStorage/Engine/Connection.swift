import Contracts
import GRDBSQLite

/// A database connection with the statements prepared on it.
///
/// It belongs to one thread.
///
/// It works on the handle that GRDB opened and owns. GRDB's own statements box every value and
/// every row; on the paths that run thousands of times a second that costs more than SQLite does.
@safe final class Connection {
    private let handle: OpaquePointer
    private var statements: [ObjectIdentifier: PreparedStatement] = [:]

    /// - Parameter handle: Must stay open until ``finalizeStatements()`` was called.
    init(handle: OpaquePointer) {
        unsafe self.handle = handle
    }

    /// Must be called before the handle is closed.
    func finalizeStatements() {
        for statement in statements.values { statement.finalize() }
        statements.removeAll()
    }

    /// Rows that the last statement inserted, updated or deleted, without cascades.
    var changes: Int64 { unsafe sqlite3_changes64(handle) }

    /// The id that the last insert made.
    var lastInsertedID: Int64 { unsafe sqlite3_last_insert_rowid(handle) }

    /// Pages that this connection has written since the last call.
    func takeWrittenPages() -> Int64 {
        var pages: Int32 = 0
        var highest: Int32 = 0
        _ = unsafe sqlite3_db_status(handle, SQLITE_DBSTATUS_CACHE_WRITE, &pages, &highest, 1)
        return Int64(pages)
    }

    /// False while a transaction is open.
    ///
    /// The engine ends one by itself when the disk is full.
    var isAutocommitting: Bool { unsafe sqlite3_get_autocommit(handle) != 0 }

    private func prepared(_ sql: SQLText) throws(SQLiteFailure) -> PreparedStatement {
        if let statement = statements[ObjectIdentifier(sql)] { return statement }
        let statement = unsafe try PreparedStatement(sql, on: handle)
        statements[ObjectIdentifier(sql)] = statement
        return statement
    }

    private func bound<each Value: SQLiteBindable>(
        _ sql: SQLText,
        _ values: repeat each Value
    ) throws(SQLiteFailure) -> PreparedStatement {
        let statement = try prepared(sql)
        var index: Int32 = 1
        for value in repeat each values {
            value.bind(to: statement, at: index)
            index += 1
        }
        return statement
    }

    /// Runs a statement and tells failures apart by the engine's code.
    func attempt<each Value: SQLiteBindable>(
        _ sql: SQLText,
        _ values: repeat each Value
    ) throws(SQLiteFailure) {
        let statement = try bound(sql, repeat each values)
        defer { statement.reset() }
        while try statement.step() {}
    }

    /// Runs a statement to its end.
    func run<each Value: SQLiteBindable>(
        _ sql: SQLText,
        _ values: repeat each Value
    ) throws(StorageError) {
        do { try attempt(sql, repeat each values) } catch { throw StorageError(error) }
    }

    /// Runs a statement with many texts, which are bound from an index on without a copy each.
    func run<each Value: SQLiteBindable>(
        _ sql: SQLText,
        texts: some Sequence<[UInt8]>,
        from index: Int32,
        _ values: repeat each Value
    ) throws(StorageError) {
        do {
            let statement = try bound(sql, repeat each values)
            defer { statement.reset() }
            try statement.run(texts: texts, from: index)
        } catch {
            throw StorageError(error)
        }
    }

    /// Runs a statement and reads its first row.
    func first<each Value: SQLiteBindable, Result>(
        _ sql: SQLText,
        _ values: repeat each Value,
        read: (inout ColumnReader) -> Result
    ) throws(StorageError) -> Result? {
        do {
            let statement = try bound(sql, repeat each values)
            defer { statement.reset() }
            guard try statement.step() else { return nil }
            var columns = ColumnReader(statement)
            return read(&columns)
        } catch {
            throw StorageError(error)
        }
    }

    /// Runs a statement and hands over each row until `body` returns false.
    func forEach<each Value: SQLiteBindable>(
        _ sql: SQLText,
        _ values: repeat each Value,
        body: (inout ColumnReader) -> Bool
    ) throws(StorageError) {
        do {
            let statement = try bound(sql, repeat each values)
            defer { statement.reset() }
            while try statement.step() {
                var columns = ColumnReader(statement)
                guard body(&columns) else { return }
            }
        } catch {
            throw StorageError(error)
        }
    }

    /// Runs a statement and reads all its rows.
    func all<each Value: SQLiteBindable, Result>(
        _ sql: SQLText,
        _ values: repeat each Value,
        read: (inout ColumnReader) -> Result
    ) throws(StorageError) -> [Result] {
        var results: [Result] = []
        try forEach(sql, repeat each values) { columns in
            results.append(read(&columns))
            return true
        }
        return results
    }
}

// MARK: Statements made for one use

extension Connection {
    /// Runs a statement that is put together for this call and reads all its rows.
    ///
    /// It is compiled anew each time: the cache keeps what it has forever, and there is no end to
    /// what people can ask for.
    func query<Result>(
        _ text: String,
        _ values: [any SQLiteBindable],
        read: (inout ColumnReader) -> Result
    ) throws(StorageError) -> [Result] {
        do {
            let statement = unsafe try PreparedStatement(SQLText(text), on: handle)
            defer { statement.finalize() }
            for (index, value) in values.enumerated() {
                value.bind(to: statement, at: Int32(index + 1))
            }
            var results: [Result] = []
            while try statement.step() {
                var columns = ColumnReader(statement)
                results.append(read(&columns))
            }
            return results
        } catch {
            throw StorageError(error)
        }
    }
}

// MARK: Transactions

extension Connection {
    private static let begin = SQLText("BEGIN DEFERRED")
    private static let commit = SQLText("COMMIT")

    /// Runs several reads that all see the same state of the database.
    func snapshot<Result>(
        _ body: () throws(StorageError) -> Result
    ) throws(StorageError) -> Result {
        try run(Self.begin)
        // A transaction that wrote nothing has nothing to lose: ending it cannot fail in a way
        // that matters to the reads.
        defer { try? run(Self.commit) }
        return try body()
    }
}
