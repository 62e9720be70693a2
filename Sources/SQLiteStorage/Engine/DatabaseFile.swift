import CSQLite
import Contracts
import GRDB

/// Opens connections to the database file with the settings that its promises rest on.
enum DatabaseFile {
    /// Once for the process, before its first connection.
    ///
    /// Nothing here asks SQLite for its memory.
    private static let isNotCounting = postil_sqlite_stop_counting_memory() == SQLITE_OK

    /// Opens the file for the writer, makes it when it is not there, and migrates it.
    static func openForWriting(
        _ path: String,
        _ settings: SQLiteStorageSettings
    ) throws -> DatabaseQueue {
        _ = isNotCounting
        try PrivateFile.makeIfMissing(path)
        let database = try openWritable(path, settings, label: "writer")
        try Schema.migrate(database)
        if let count = settings.maximumPageCount {
            try database.inDatabase { try $0.execute(sql: "PRAGMA max_page_count = \(count)") }
        }
        return database
    }

    /// Opens the file for moving the log into it.
    static func openForCheckpoints(
        _ path: String,
        _ settings: SQLiteStorageSettings
    ) throws -> DatabaseQueue {
        try openWritable(path, settings, label: "checkpointer")
    }

    private static func openWritable(
        _ path: String,
        _ settings: SQLiteStorageSettings,
        label: String
    ) throws -> DatabaseQueue {
        var configuration = common(settings)
        configuration.label = label
        configuration.journalMode = .wal
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try database.inDatabase { database in
            // Set after opening, because GRDB asks for less with its own WAL setup.
            try database.execute(sql: "PRAGMA synchronous = FULL")
            // The checkpointer sees to that.
            try database.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            try database.execute(sql: "PRAGMA journal_size_limit = \(64 << 20)")
        }
        return database
    }

    static func openForReading(
        _ path: String,
        _ settings: SQLiteStorageSettings
    ) throws -> DatabaseQueue {
        var configuration = common(settings)
        configuration.label = "reader"
        configuration.readonly = true
        return try DatabaseQueue(path: path, configuration: configuration)
    }

    private static func common(_ settings: SQLiteStorageSettings) -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.busyMode = .timeout(settings.busyTimeoutSeconds)
        configuration.prepareDatabase { database in
            // Savepoints journal what they may have to undo; that must not go to the disk.
            try database.execute(sql: "PRAGMA temp_store = MEMORY")
            try database.execute(sql: "PRAGMA cache_size = -\(settings.cacheKilobytes)")
            TextFunctions.add(to: database)
        }
        return configuration
    }
}
