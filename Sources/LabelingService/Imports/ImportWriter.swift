import Contracts
import LabelModel

/// Brings tasks into the store, all or none.
///
/// What is small goes in with one insert. From a limit on, tasks go to the store in batches that
/// nobody sees until the end, so that memory stays flat and others can write meanwhile.
///
/// 1. ``add(_:byteCount:file:)`` any number of times.
/// 2. ``finish()`` or ``cancel()``, once.
struct ImportWriter {
    private let storage: any Storage
    private let project: ProjectID
    private let user: UserID
    private let bufferBytes: Int

    private var pending: [NewTask] = []
    private var pendingBytes = 0
    private var pendingFile: FileUploadID?
    private var importID: ImportID?
    private var ids: [TaskID] = []
    private(set) var counts = ImportCounts()

    /// Tasks of one batch of a large import: few enough that annotators' writes, which wait in the
    /// same line, hardly notice.
    private static let batchTasks = 2_000
    /// Tasks of one insert, by the store's contract.
    private static let insertTasks = 10_000

    init(_ environment: ServiceEnvironment, project: ProjectID, user: UserID) {
        storage = environment.storage
        bufferBytes = environment.limits.importBufferBytes
        self.project = project
        self.user = user
    }

    mutating func add(
        _ task: NewTask,
        byteCount: Int,
        file: FileUploadID?
    ) async throws(ServiceError) {
        if file != pendingFile, !pending.isEmpty { try await flush() }
        pendingFile = file
        counts.tasks += 1
        counts.annotations += Int64(task.annotations.count)
        counts.predictions += Int64(task.predictions.count)
        pending.append(task)
        pendingBytes += byteCount
        let isFull =
            importID == nil
            ? pending.count >= Self.insertTasks || pendingBytes >= bufferBytes
            : pending.count >= Self.batchTasks || pendingBytes >= bufferBytes / 4
        if isFull { try await flush() }
    }

    /// Makes everything visible at once.
    ///
    /// - Returns: The new tasks, in order.
    mutating func finish() async throws(ServiceError) -> [TaskID] {
        guard let importID else {
            guard !pending.isEmpty else { return [] }
            return try await stored(
                await storage.tasks.insert(pending, into: project, by: user, file: pendingFile)
            )
        }
        try await flush()
        _ = try await stored(await storage.tasks.commitImport(importID))
        self.importID = nil
        return ids
    }

    /// Takes everything back.
    mutating func cancel() async {
        pending.removeAll()
        guard let id = importID.take() else { return }
        // What is not taken back now is never committed, and the store takes it back at its next
        // start: nobody sees it either way.
        try? await storage.tasks.rollBackImport(id)
    }

    private mutating func flush() async throws(ServiceError) {
        guard !pending.isEmpty else { return }
        let id: ImportID
        if let importID {
            id = importID
        } else {
            id = try await stored(await storage.tasks.beginImport(into: project, by: user))
            importID = id
        }
        for start in stride(from: 0, to: pending.count, by: Self.batchTasks) {
            let batch = Array(pending[start..<min(start + Self.batchTasks, pending.count)])
            ids += try await stored(
                await storage.tasks.append(batch, to: id, file: pendingFile)
            )
        }
        pending.removeAll(keepingCapacity: true)
        pendingBytes = 0
    }
}
