public import Contracts
public import LabelModel
import ValueTree

/// Folders and buckets that projects take tasks from, or write annotations to.
public struct LinkedStorages: Sendable {
    static let importKind = "import_sync"
    static let exportKind = "export_sync"

    let environment: ServiceEnvironment
    let setups: ProjectSetups
    let media: MediaFiles

    var storage: any Storage { environment.storage }

    init(_ environment: ServiceEnvironment, setups: ProjectSetups, media: MediaFiles) {
        self.environment = environment
        self.setups = setups
        self.media = media
    }

    // MARK: Records

    /// Links a storage that can be reached; one for annotations is written at once.
    public func create(
        _ settings: LinkedStorageSettings,
        for project: ProjectID,
        by user: User
    ) async throws(ServiceError) -> LinkedStorage {
        _ = try await setups.setup(of: project)
        try await check(settings)
        let made = try await stored(
            await storage.linkedStorages.insert(settings, into: project)
        )
        guard settings.direction == .exports else { return made }
        return try await begin(made, by: user).storage
    }

    public func list(
        _ direction: LinkedStorageSettings.Direction,
        _ kind: LinkedStorageSettings.Kind?,
        of project: ProjectID
    ) async throws(ServiceError) -> [LinkedStorage] {
        _ = try await setups.setup(of: project)
        return try await stored(await storage.linkedStorages.storages(of: project))
            .filter { $0.settings.direction == direction }
            .filter { kind == nil || $0.settings.kind == kind }
    }

    /// The storage of this number, direction and kind.
    public func storage(
        _ id: LinkedStorageID,
        _ direction: LinkedStorageSettings.Direction,
        _ kind: LinkedStorageSettings.Kind
    ) async throws(ServiceError) -> LinkedStorage {
        guard let found = try await stored(await storage.linkedStorages.storage(id)),
            found.settings.direction == direction, found.settings.kind == kind
        else { throw .notFound("Storage \(id)") }
        return found
    }

    /// Changes a storage; what comes out of it must be reached.
    public func update(
        _ current: LinkedStorage,
        _ settings: LinkedStorageSettings,
        by user: User
    ) async throws(ServiceError) -> LinkedStorage {
        try await check(settings)
        return try await stored(await storage.linkedStorages.update(current.id, settings))
    }

    /// Forgets a storage; its objects and the tasks made from them stay.
    public func delete(_ id: LinkedStorageID, by user: User) async throws(ServiceError) {
        try await stored(await storage.linkedStorages.delete(id))
    }

    /// Refuses settings with which the storage cannot be reached.
    public func check(_ settings: LinkedStorageSettings) async throws(ServiceError) {
        if let pattern = settings.keyPattern {
            do {
                _ = try await storage.linkedStorages.matching(pattern, [""])
            } catch {
                throw .invalidField("regex_filter", error.message)
            }
        }
        switch settings.kind {
        case .localFiles:
            let (folder, root) = try media.folder(settings.path)
            guard folder != root else {
                throw .invalidField(
                    "path",
                    "The folder is a media root itself; name one inside it."
                )
            }
        case .s3:
            guard !settings.bucket.isEmpty else {
                throw .invalidField("bucket", "The name of the bucket is missing.")
            }
            if let endpoint = settings.endpoint {
                do {
                    try await environment.outbound.check(endpoint)
                } catch {
                    throw ServiceError(error, field: "s3_endpoint")
                }
            }
            _ = try await firstObjects(settings, limit: 1)
        }
    }

    /// Objects that a synchronization would look at, at most `limit`.
    public func preview(
        _ settings: LinkedStorageSettings,
        limit: Int
    ) async throws(ServiceError) -> [BucketObject] {
        try await check(settings)
        let objects = try await firstObjects(settings, limit: limit)
        guard let pattern = settings.keyPattern else { return objects }
        let keys = try await stored(
            await storage.linkedStorages.matching(pattern, objects.map(\.key))
        )
        return objects.filter { keys.contains($0.key) }
    }

    // MARK: Synchronization

    /// Begins to synchronize a storage, and waits a little for its end.
    public func synchronize(
        _ linked: LinkedStorage,
        by user: User
    ) async throws(ServiceError) -> LinkedStorage {
        switch linked.sync.status {
        case .queued, .inProgress:
            // One that is under way sees what came since; a second one would find nothing.
            return linked
        case .initialized, .completed, .failed, .completedWithErrors: break
        }
        let begun = try await begin(linked, by: user)
        try await JobPatience.wait(for: begun.job, storage.jobs)
        return try await storage(linked.id, linked.settings.direction, linked.settings.kind)
    }

    private func begin(
        _ linked: LinkedStorage,
        by user: User
    ) async throws(ServiceError) -> (storage: LinkedStorage, job: JobID) {
        var sync = linked.sync
        sync.status = .queued
        sync.begunAt = environment.clock.now()
        sync.attempts += 1
        let queued = try await stored(
            await storage.linkedStorages.setSync(of: linked.id, sync)
        )
        var writer = JSONWriter()
        writer.object { $0.member("storage", linked.id) }
        let isImport = linked.settings.direction == .imports
        let job = try await stored(
            await storage.jobs.insert(
                isImport ? Self.importKind : Self.exportKind,
                in: linked.project,
                parent: nil,
                by: user.id,
                title: linked.settings.title ?? "",
                parameters: RawJSON(checked: writer.bytes)
            )
        )
        Task { await StorageSyncWork(self, job).run() }
        return (queued, job.id)
    }

    /// Takes up a job that a process that is gone left undone.
    ///
    /// - Returns: False when it is no job of linked storages.
    func resume(_ job: Job) -> Bool {
        guard job.kind == Self.importKind || job.kind == Self.exportKind else { return false }
        Task { await StorageSyncWork(self, job).run() }
        return true
    }

    // MARK: Parts

    private func firstObjects(
        _ settings: LinkedStorageSettings,
        limit: Int
    ) async throws(ServiceError) -> [BucketObject] {
        let bucket = try bucket(settings)
        do {
            return try await bucket.list(
                prefix: settings.keyPrefix,
                isRecursive: settings.isRecursive,
                from: nil,
                limit: limit
            ).objects
        } catch {
            throw ServiceError(error)
        }
    }

    /// What the settings lead to; nothing is asked yet.
    func bucket(_ settings: LinkedStorageSettings) throws(ServiceError) -> any ObjectBucket {
        switch settings.kind {
        case .localFiles:
            FolderBucket(
                folder: try media.folder(settings.path).path,
                limits: environment.limits
            )
        case .s3:
            environment.buckets.bucket(
                at: BucketLocation(
                    bucket: settings.bucket,
                    endpoint: settings.endpoint,
                    region: settings.region.isEmpty ? "us-east-1" : settings.region,
                    accessKey: settings.accessKey,
                    secretKey: settings.secretKey,
                    sessionToken: settings.sessionToken.isEmpty ? nil : settings.sessionToken,
                    encryptionKey: settings.encryptionKey.isEmpty ? nil : settings.encryptionKey
                )
            )
        }
    }
}

extension LinkedStorageSettings {
    /// What the keys begin with: the prefix with a slash behind it, or nothing.
    var keyPrefix: String {
        guard kind == .s3 else { return "" }
        var name = prefix[...]
        while name.last == "/" { name.removeLast() }
        while name.first == "/" { name.removeFirst() }
        return name.isEmpty ? "" : name + "/"
    }
}

extension ServiceError {
    /// An object store refused, or could not be asked.
    init(_ error: BucketError) {
        let field: String? =
            switch error.code {
            case .accessDenied: "aws_secret_access_key"
            case .bucketMissing: "bucket"
            case .objectMissing, .unreachable: nil
            }
        self.init(
            error.code == .objectMissing ? .notFound : .invalid,
            "storage_\(error.code.rawValue)",
            error.message,
            at: field.map { .pointer("/\($0)") },
            field: field
        )
    }
}
