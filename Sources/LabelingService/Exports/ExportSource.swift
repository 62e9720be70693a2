import Contracts
import LabelModel

/// The tasks of an export as batches, read from the store as they are asked for.
struct ExportSource {
    /// Tasks read at once.
    ///
    /// With three regions each that is about two megabytes.
    private static let recordsPerRead = 1_000
    /// Bytes from which a batch is full; a task that is larger by itself goes alone.
    private static let batchBytes = 768 << 10

    private let environment: ServiceEnvironment
    private let setup: ProjectSetup
    private let cursor: any TaskRecordCursor

    init(
        _ environment: ServiceEnvironment,
        setup: ProjectSetup,
        selection: TaskSelection
    ) async throws(ServiceError) {
        self.environment = environment
        self.setup = setup
        cursor = try await stored(await environment.storage.tasks.records(selection))
    }

    /// The next batches, or nil at the end.
    func next() async throws(ServiceError) -> [ExportBatch]? {
        let records = try await stored(await cursor.next(Self.recordsPerRead))
        guard !records.isEmpty else { return nil }
        var composer = TaskComposer(
            setup: setup,
            fileNames: try await fileNames(of: records),
            users: try await draftUsers(of: records),
            capacity: Self.batchBytes * 5 / 4
        )
        var batches: [ExportBatch] = []
        for record in records {
            let size = Self.size(of: record)
            if !composer.isEmpty, composer.byteCount + size > Self.batchBytes {
                batches.append(composer.takeBatch(capacity: max(size, Self.batchBytes * 5 / 4)))
            }
            composer.append(record)
        }
        batches.append(composer.takeBatch(capacity: 0))
        return batches
    }

    /// About how many bytes a task comes to.
    private static func size(of record: TaskRecord) -> Int {
        var size = 512 + record.task.data.bytes.count + record.task.meta.bytes.count
        for annotation in record.annotations { size += 640 + annotation.result.bytes.count }
        for draft in record.drafts { size += 320 + draft.result.bytes.count }
        return size
    }

    private func fileNames(
        of records: [TaskRecord]
    ) async throws(ServiceError) -> [FileUploadID: String] {
        let ids = Set(records.compactMap(\.task.fileUpload))
        guard !ids.isEmpty else { return [:] }
        let paths = try await stored(await environment.storage.files.paths(Array(ids)))
        return paths.mapValues { FileNames.last($0) }
    }

    private func draftUsers(
        of records: [TaskRecord]
    ) async throws(ServiceError) -> [UserID: User] {
        var users: [UserID: User] = [:]
        for record in records {
            for draft in record.drafts where users[draft.user] == nil {
                users[draft.user] = try await stored(
                    await environment.storage.users.user(draft.user)
                )
            }
        }
        return users
    }
}
