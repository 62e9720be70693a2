import Contracts
import LabelModel

/// Where an export's tasks come from, in batches.
protocol BatchSource: Sendable {
    /// The next batches, or nil at the end.
    func next() async throws(ServiceError) -> [ExportBatch]?
}

/// The tasks of an export as batches, read from the store as they are asked for.
struct ExportSource: BatchSource {
    /// Bytes from which a batch is full; a task that is larger by itself goes alone.
    private static let batchBytes = 768 << 10

    private let environment: ServiceEnvironment
    private let setup: ProjectSetup
    private let reader: RecordReader

    init(
        _ environment: ServiceEnvironment,
        setup: ProjectSetup,
        cursor: any TaskRecordCursor
    ) {
        self.environment = environment
        self.setup = setup
        reader = RecordReader(cursor)
    }

    /// The next batches, or nil at the end.
    func next() async throws(ServiceError) -> [ExportBatch]? {
        let records = try await reader.next()
        guard !records.isEmpty else { return nil }
        var composer = TaskComposer(
            setup: setup,
            fileNames: try await fileNames(of: records),
            users: try await draftUsers(of: records),
            capacity: Self.batchBytes * 5 / 4
        )
        var batches: [ExportBatch] = []
        for record in records {
            let size = record.byteCount
            if !composer.isEmpty, composer.byteCount + size > Self.batchBytes {
                batches.append(composer.takeBatch(capacity: max(size, Self.batchBytes * 5 / 4)))
            }
            composer.append(record)
        }
        batches.append(composer.takeBatch(capacity: 0))
        return batches
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
