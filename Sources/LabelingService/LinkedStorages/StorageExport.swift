import Contracts
import LabelModel

/// Writes annotations that have changed into the objects of a storage, one object for each.
struct StorageExport {
    private static let tasksPerRead = 200
    /// Objects that are written at once.
    private static let writesAtOnce = 8

    private let storages: LinkedStorages
    private let linked: LinkedStorage
    private let progress: SyncProgress

    private var store: any LinkedStorageStore { storages.storage.linkedStorages }

    init(_ storages: LinkedStorages, _ linked: LinkedStorage, _ progress: SyncProgress) {
        self.storages = storages
        self.linked = linked
        self.progress = progress
    }

    func run() async throws(ServiceError) {
        let bucket = try storages.bucket(linked.settings)
        let selection = TaskSelection(project: linked.project, onlyAnnotated: true)
        let cursor = try await stored(await storages.storage.tasks.records(selection))
        while true {
            let records = try await stored(await cursor.next(Self.tasksPerRead))
            if records.isEmpty { break }
            try await write(records, to: bucket)
        }
        if linked.settings.deletesObjects { try await removeDeleted(from: bucket) }
    }

    private func write(
        _ records: [TaskRecord],
        to bucket: any ObjectBucket
    ) async throws(ServiceError) {
        let all = records.flatMap { record in
            record.annotations.map { (task: record.task, annotation: $0) }
        }
        let known = try await stored(
            await store.knownTags(all.map { key(of: $0.annotation.id) }, of: linked.id)
        )
        let changed = all.filter { known[key(of: $0.annotation.id)] != "\($0.annotation.revision)" }
        try await progress.advance(known: Int64(all.count - changed.count))
        var users: [UserID: User] = [:]
        for entry in changed where users[entry.annotation.completedBy] == nil {
            users[entry.annotation.completedBy] = try await stored(
                await storages.storage.users.user(entry.annotation.completedBy)
            )
        }
        var rest = changed[...]
        while !rest.isEmpty {
            let some = rest.prefix(Self.writesAtOnce)
            rest = rest.dropFirst(some.count)
            try await writeAtOnce(Array(some), users, to: bucket)
        }
    }

    private func writeAtOnce(
        _ entries: [(task: LabelingTask, annotation: Annotation)],
        _ users: [UserID: User],
        to bucket: any ObjectBucket
    ) async throws(ServiceError) {
        let outcomes = await withTaskGroup(of: Result<(String, String), BucketError>.self) {
            group in
            for entry in entries {
                let key = key(of: entry.annotation.id)
                let bytes = Self.json(
                    entry.annotation,
                    of: entry.task,
                    by: users[entry.annotation.completedBy]
                )
                group.addTask {
                    do throws(BucketError) {
                        try await bucket.write(bytes, to: key)
                        return .success((key, "\(entry.annotation.revision)"))
                    } catch {
                        return .failure(error)
                    }
                }
            }
            var outcomes: [Result<(String, String), BucketError>] = []
            for await outcome in group { outcomes.append(outcome) }
            return outcomes
        }
        var tags: [String: String] = [:]
        var failure: BucketError?
        for outcome in outcomes {
            switch outcome {
            case .success(let (key, tag)): tags[key] = tag
            case .failure(let error): failure = error
            }
        }
        try await stored(await store.remember(tags, of: linked.id))
        try await progress.advance(done: Int64(tags.count))
        if let failure { throw ServiceError(failure) }
    }

    /// Takes objects away whose annotations are gone.
    private func removeDeleted(from bucket: any ObjectBucket) async throws(ServiceError) {
        var last = ""
        while true {
            let keys = try await stored(
                await store.keys(of: linked.id, after: last, limit: 500)
            )
            guard let end = keys.last else { return }
            last = end
            var gone: [String] = []
            for key in keys {
                let number = Int64(key.dropFirst(linked.settings.keyPrefix.count)) ?? 0
                let annotation = try await stored(
                    await storages.storage.annotations.annotation(AnnotationID(number))
                )
                if annotation == nil { gone.append(key) }
            }
            for key in gone {
                do {
                    try await bucket.delete(key)
                } catch {
                    throw ServiceError(error)
                }
            }
            try await stored(await store.forget(gone, of: linked.id))
        }
    }

    /// Label Studio's: the annotation's number, behind the prefix.
    private func key(of annotation: AnnotationID) -> String {
        linked.settings.keyPrefix + annotation.description
    }

    /// An annotation with its task inside, as Label Studio writes it.
    private static func json(
        _ annotation: Annotation,
        of task: LabelingTask,
        by user: User?
    ) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("id", annotation.id)
            writer.key("task")
            task.writeEvent(to: &writer)
            writer.key("completed_by")
            writer.object { writer in
                writer.member("id", annotation.completedBy)
                writer.member("first_name", user?.firstName)
                writer.member("last_name", user?.lastName)
                writer.member("email", user?.email)
            }
            writer.member("result", annotation.result)
            writer.member("was_cancelled", annotation.wasCancelled)
            writer.member("ground_truth", annotation.groundTruth)
            writer.member("created_at", annotation.createdAt)
            writer.member("updated_at", annotation.updatedAt)
            writer.member("draft_created_at", annotation.draftCreatedAt)
            writer.member("lead_time", annotation.leadTime)
            writer.key("prediction")
            writer.object { _ in }
            writer.member("result_count", annotation.resultCount)
            writer.member("unique_id", annotation.uniqueID)
            writer.member("import_id", annotation.importID)
            writer.member("last_action", annotation.lastAction)
            writer.member("project", annotation.project)
            writer.member("updated_by", annotation.updatedBy)
            writer.member("parent_prediction", annotation.parentPrediction)
            writer.member("parent_annotation", annotation.parentAnnotation)
            writer.member("last_created_by", annotation.completedBy)
        }
        return writer.bytes
    }
}
