import Contracts
import LabelModel
import LabelingConfig
import ValueTree

/// Makes tasks of the objects of a storage that are not known yet.
struct StorageImport {
    /// Objects of one page, and of one transaction when each is one task.
    private static let pageSize = 1_000
    /// Tasks of one transaction.
    private static let batchTasks = 2_000

    private let storages: LinkedStorages
    private let linked: LinkedStorage
    private let user: UserID
    private let progress: SyncProgress

    private var store: any LinkedStorageStore { storages.storage.linkedStorages }
    private var settings: LinkedStorageSettings { linked.settings }

    init(
        _ storages: LinkedStorages,
        _ linked: LinkedStorage,
        user: UserID,
        _ progress: SyncProgress
    ) {
        self.storages = storages
        self.linked = linked
        self.user = user
        self.progress = progress
    }

    func run() async throws(ServiceError) {
        let bucket = try storages.bucket(settings)
        var position: String?
        repeat {
            let page: BucketPage
            do {
                page = try await bucket.list(
                    prefix: settings.keyPrefix,
                    isRecursive: settings.kind == .s3 || settings.isRecursive,
                    from: position,
                    limit: Self.pageSize
                )
            } catch {
                throw ServiceError(error)
            }
            let wanted = try await wanted(page.objects)
            let known = try await stored(await store.knownTags(wanted.map(\.key), of: linked.id))
            try await progress.advance(known: Int64(known.count))
            try await take(wanted.filter { known[$0.key] == nil }, from: bucket)
            position = page.next
        } while position != nil
    }

    /// Objects that are files, at the wanted depth, and whose keys match.
    private func wanted(_ objects: [BucketObject]) async throws(ServiceError) -> [BucketObject] {
        let prefix = settings.keyPrefix
        let files = objects.filter { object in
            let rest = object.key.dropFirst(prefix.count)
            return !rest.isEmpty && !object.key.hasSuffix("/")
                && (settings.isRecursive || settings.kind == .localFiles || !rest.contains("/"))
        }
        guard let pattern = settings.keyPattern, !pattern.isEmpty else { return files }
        let keys = Set(try await stored(await store.matching(pattern, files.map(\.key))))
        return files.filter { keys.contains($0.key) }
    }

    private func take(
        _ objects: [BucketObject],
        from bucket: any ObjectBucket
    ) async throws(ServiceError) {
        let setup = try await storages.setups.setup(of: linked.project)
        var reader = TaskReader(setup, users: storages.storage.users)
        var batch: [ObjectTasks] = []
        var count = 0
        for object in objects {
            let tasks: [NewTask]
            if settings.usesObjectAddresses {
                let address = try address(of: object)
                let data = TaskDataKey.data(address, key: setup.config.firstDataKey)
                tasks = [NewTask(data: data)]
            } else {
                do throws(ServiceError) {
                    tasks = try await read(object, from: bucket, &reader)
                } catch {
                    guard error.kind == .invalid || error.kind == .tooLarge,
                        error.code != "storage_unreachable", error.code != "storage_access_denied"
                    else { throw error }
                    progress.note(fault: "\(object.key): \(error.message)")
                    continue
                }
            }
            if count + tasks.count > Self.batchTasks { try await flush(&batch, &count) }
            batch.append(ObjectTasks(key: object.key, tag: object.tag, tasks: tasks))
            count += tasks.count
        }
        try await flush(&batch, &count)
    }

    private func flush(
        _ batch: inout [ObjectTasks],
        _ count: inout Int
    ) async throws(ServiceError) {
        guard !batch.isEmpty else { return }
        let made = try await stored(await store.insert(batch, from: linked.id, by: user))
        batch = []
        count = 0
        try await progress.advance(done: made)
    }

    /// What a task's data says to show an object.
    private func address(of object: BucketObject) throws(ServiceError) -> String {
        switch settings.kind {
        case .s3: return "s3://\(settings.bucket)/\(object.key)"
        case .localFiles:
            let (folder, root) = try storages.media.folder(settings.path)
            let below = folder.dropFirst(root.count + 1) + "/" + object.key
            return "/data/local-files/?d=" + SafeName.percentEncoded(path: String(below))
        }
    }

    /// The tasks inside an object: one, a list, or one for each line.
    private func read(
        _ object: BucketObject,
        from bucket: any ObjectBucket,
        _ reader: inout TaskReader
    ) async throws(ServiceError) -> [NewTask] {
        let bytes: [UInt8]
        do {
            bytes = try await bucket.read(
                object.key,
                limit: storages.environment.limits.maxTaskBytes
            )
        } catch {
            throw ServiceError(error)
        }
        var values: [JSONText] = []
        if let whole = try? JSONText(parsing: bytes) {
            values = whole.kind == .array ? Array(whole.elements) : [whole]
        } else {
            for line in bytes.split(separator: UInt8(ascii: "\n")) {
                values.append(try JSONText.parse(Array(line)))
            }
        }
        var tasks: [NewTask] = []
        for (index, value) in values.enumerated() {
            tasks.append(try await reader.read(value, at: "/\(index)"))
        }
        guard tasks.count <= 10_000 else {
            throw ServiceError(
                .tooLarge,
                "import_too_large",
                "An object holds at most 10000 tasks."
            )
        }
        return tasks
    }
}
