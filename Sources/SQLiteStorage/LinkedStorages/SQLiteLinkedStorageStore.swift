import Contracts
import LabelModel

struct SQLiteLinkedStorageStore: LinkedStorageStore {
    let engine: Engine

    func insert(
        _ settings: LinkedStorageSettings,
        into project: ProjectID
    ) async throws(StorageError) -> LinkedStorage {
        try await engine.write { (transaction) throws(StorageError) in
            let connection = transaction.connection
            guard try connection.first(ProjectSQL.exists, project, read: { _ in true }) != nil
            else { throw .noProject(project) }
            let storage = try connection.first(
                LinkedStorageSQL.insert,
                project,
                settings.direction.rawValue,
                settings.kind.rawValue,
                settings.title,
                settings.description,
                settings.path,
                settings.bucket,
                settings.prefix,
                settings.endpoint,
                settings.region,
                settings.accessKey,
                settings.secretKey,
                settings.sessionToken,
                settings.encryptionKey,
                settings.keyPattern,
                settings.usesObjectAddresses,
                settings.isRecursive,
                settings.isSynchronizable,
                settings.presigns,
                settings.presignMinutes,
                settings.deletesObjects,
                transaction.now
            ) { LinkedStorage(&$0) }
            guard let storage else { throw .notReturned }
            return storage
        }
    }

    func storage(_ id: LinkedStorageID) async throws(StorageError) -> LinkedStorage? {
        try await engine.read { (connection) throws(StorageError) in
            try connection.first(LinkedStorageSQL.byID, id) { LinkedStorage(&$0) }
        }
    }

    func storages(of project: ProjectID) async throws(StorageError) -> [LinkedStorage] {
        try await engine.read { (connection) throws(StorageError) in
            try connection.all(LinkedStorageSQL.ofProject, project) { LinkedStorage(&$0) }
        }
    }

    func update(
        _ id: LinkedStorageID,
        _ settings: LinkedStorageSettings
    ) async throws(StorageError) -> LinkedStorage {
        try await engine.write { (transaction) throws(StorageError) in
            let storage = try transaction.connection.first(
                LinkedStorageSQL.update,
                settings.title,
                settings.description,
                settings.path,
                settings.bucket,
                settings.prefix,
                settings.endpoint,
                settings.region,
                settings.accessKey,
                settings.secretKey,
                settings.sessionToken,
                settings.encryptionKey,
                settings.keyPattern,
                settings.usesObjectAddresses,
                settings.isRecursive,
                settings.isSynchronizable,
                settings.presigns,
                settings.presignMinutes,
                settings.deletesObjects,
                id
            ) { LinkedStorage(&$0) }
            guard let storage else { throw .noStorage(id) }
            return storage
        }
    }

    func setSync(
        of id: LinkedStorageID,
        _ sync: LinkedStorageSync
    ) async throws(StorageError) -> LinkedStorage {
        try await engine.write { (transaction) throws(StorageError) in
            let storage = try transaction.connection.first(
                LinkedStorageSQL.setSync,
                sync.status.rawValue,
                sync.error,
                sync.finishedAt,
                sync.count,
                sync.known,
                sync.begunAt,
                sync.attempts,
                id
            ) { LinkedStorage(&$0) }
            guard let storage else { throw .noStorage(id) }
            return storage
        }
    }

    func delete(_ id: LinkedStorageID) async throws(StorageError) {
        try await engine.write { (transaction) throws(StorageError) in
            try transaction.connection.run(LinkedStorageSQL.delete, id)
            guard transaction.connection.changes == 1 else { throw .noStorage(id) }
        }
    }
}

extension StorageError {
    static func noStorage(_ id: LinkedStorageID) -> StorageError {
        StorageError(.notFound, "There is no storage \(id).")
    }
}
