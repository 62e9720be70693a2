import Contracts
import LabelModel

/// Which objects of a storage have been dealt with.
extension SQLiteLinkedStorageStore {
    func knownTags(
        _ keys: [String],
        of id: LinkedStorageID
    ) async throws(StorageError) -> [String: String] {
        try await engine.read { (connection) throws(StorageError) in
            var tags: [String: String] = [:]
            for key in keys {
                tags[key] = try connection.first(LinkedStorageSQL.tag, id, key) {
                    $0.next() as String
                }
            }
            return tags
        }
    }

    func matching(
        _ pattern: String,
        _ texts: [String]
    ) async throws(StorageError) -> [String] {
        // On a reader's thread: matching may take a while.
        try await engine.read { (_) throws(StorageError) in
            let pattern = try TextPattern(beginning: pattern)
            var matching: [String] = []
            for text in texts {
                switch pattern.look(in: text) {
                case .matches: matching.append(text)
                case .differs: break
                case .tooSlow:
                    throw StorageError(
                        .invalid,
                        "The regular expression takes too long; write it with less choice."
                    )
                }
            }
            return matching
        }
    }

    func insert(
        _ objects: [ObjectTasks],
        from id: LinkedStorageID,
        by user: UserID
    ) async throws(StorageError) -> Int64 {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard
                let storage = try connection.first(
                    LinkedStorageSQL.byID,
                    id,
                    read: { LinkedStorage(&$0) }
                )
            else { throw .noStorage(id) }
            for object in objects {
                try connection.run(LinkedStorageSQL.remember, id, object.key, object.tag)
            }
            let tasks = objects.flatMap(\.tasks)
            guard !tasks.isEmpty else { return 0 }
            var insertion = try TaskInsertion(
                into: storage.project,
                by: user,
                file: nil,
                transaction: transaction
            )
            let ids = try insertion.insert(tasks)
            try insertion.counters.add(to: storage.project, on: connection)
            if let first = ids.first, let last = ids.last {
                try transaction.announceTasks(
                    from: first.rawValue,
                    to: last.rawValue,
                    of: nil,
                    in: storage.project
                )
            }
            return Int64(ids.count)
        }
    }

    func remember(
        _ tags: [String: String],
        of id: LinkedStorageID
    ) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            for (key, tag) in tags {
                try transaction.connection.run(LinkedStorageSQL.remember, id, key, tag)
            }
        }
    }

    func keys(
        of id: LinkedStorageID,
        after key: String,
        limit: Int
    ) async throws(StorageError) -> [String] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(LinkedStorageSQL.keys, id, key, limit) { $0.next() }
        }
    }

    func forget(_ keys: [String], of id: LinkedStorageID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            for key in keys { try transaction.connection.run(LinkedStorageSQL.forget, id, key) }
        }
    }
}
