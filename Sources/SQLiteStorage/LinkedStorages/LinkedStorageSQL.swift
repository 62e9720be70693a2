import Contracts
import LabelModel

/// The statements about linked storages.
enum LinkedStorageSQL {
    static let columns = """
        id, project_id, direction, kind, title, description, path, bucket, prefix, endpoint, \
        region, access_key, secret_key, session_token, encryption_key, key_pattern, \
        uses_object_addresses, is_recursive, is_synchronizable, presigns, presign_minutes, \
        deletes_objects, created_at, sync_status, sync_error, sync_finished_at, sync_count, \
        sync_known, sync_begun_at, sync_attempts
        """

    static let insert = SQLText(
        """
        INSERT INTO linked_storages(project_id, direction, kind, title, description, path, bucket,
            prefix, endpoint, region, access_key, secret_key, session_token, encryption_key,
            key_pattern, uses_object_addresses, is_recursive, is_synchronizable, presigns,
            presign_minutes, deletes_objects, created_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        RETURNING \(columns)
        """
    )
    static let update = SQLText(
        """
        UPDATE linked_storages SET title = ?, description = ?, path = ?, bucket = ?, prefix = ?,
            endpoint = ?, region = ?, access_key = ?, secret_key = ?, session_token = ?,
            encryption_key = ?, key_pattern = ?, uses_object_addresses = ?, is_recursive = ?,
            is_synchronizable = ?, presigns = ?, presign_minutes = ?, deletes_objects = ?
        WHERE id = ? RETURNING \(columns)
        """
    )
    static let setSync = SQLText(
        """
        UPDATE linked_storages SET sync_status = ?, sync_error = ?, sync_finished_at = ?,
            sync_count = ?, sync_known = ?, sync_begun_at = ?, sync_attempts = ?
        WHERE id = ? RETURNING \(columns)
        """
    )
    static let byID = SQLText("SELECT \(columns) FROM linked_storages WHERE id = ?")
    static let ofProject = SQLText(
        "SELECT \(columns) FROM linked_storages WHERE project_id = ? ORDER BY id"
    )
    static let delete = SQLText("DELETE FROM linked_storages WHERE id = ?")

    static let tag = SQLText("SELECT tag FROM storage_objects WHERE storage_id = ? AND key = ?")
    static let remember = SQLText(
        "INSERT OR REPLACE INTO storage_objects(storage_id, key, tag) VALUES (?, ?, ?)"
    )
    static let keys = SQLText(
        "SELECT key FROM storage_objects WHERE storage_id = ? AND key > ? ORDER BY key LIMIT ?"
    )
    static let forget = SQLText("DELETE FROM storage_objects WHERE storage_id = ? AND key = ?")
}

extension LinkedStorage {
    init(_ row: inout ColumnReader) {
        let id: LinkedStorageID = row.next()
        let project: ProjectID = row.next()
        let settings = LinkedStorageSettings(&row)
        let createdAt: Timestamp = row.next()
        self.init(
            id: id,
            project: project,
            settings: settings,
            sync: LinkedStorageSync(
                status: LinkedStorageSync.Status(rawValue: row.next()) ?? .initialized,
                error: row.next(),
                finishedAt: row.next(),
                count: row.next(),
                known: row.next(),
                begunAt: row.next(),
                attempts: row.next()
            ),
            createdAt: createdAt
        )
    }
}

extension LinkedStorageSettings {
    fileprivate init(_ row: inout ColumnReader) {
        self.init(
            Direction(rawValue: row.next()) ?? .imports,
            Kind(rawValue: row.next()) ?? .localFiles
        )
        title = row.next()
        description = row.next()
        path = row.next()
        bucket = row.next()
        prefix = row.next()
        endpoint = row.next()
        region = row.next()
        accessKey = row.next()
        secretKey = row.next()
        sessionToken = row.next()
        encryptionKey = row.next()
        keyPattern = row.next()
        usesObjectAddresses = row.next()
        isRecursive = row.next()
        isSynchronizable = row.next()
        presigns = row.next()
        presignMinutes = row.next()
        deletesObjects = row.next()
    }
}
