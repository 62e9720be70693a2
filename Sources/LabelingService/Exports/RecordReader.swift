import Contracts
import LabelModel
import Synchronization

/// Reads the records of an export one read ahead: the store works while the ones before are
/// written.
///
/// For one caller. How many tasks a read takes follows from how large they were so far, so that a
/// project of huge tasks needs no more memory than one of small ones.
final class RecordReader: Sendable {
    private struct State {
        var ahead: Task<Result<[TaskRecord], StorageError>, Never>?
        var limit = 32
    }

    private static let maxRecords = 1_000
    private static let bytesPerRead = 2 << 20

    private let cursor: any TaskRecordCursor
    private let state = Mutex(State())

    init(_ cursor: any TaskRecordCursor) {
        self.cursor = cursor
    }

    /// The next records; empty at the end.
    func next() async throws(ServiceError) -> [TaskRecord] {
        let reading = state.withLock { $0.ahead.take() } ?? begin(State().limit)
        switch await reading.value {
        case .failure(let error): throw ServiceError(error)
        case .success(let records):
            guard !records.isEmpty else { return [] }
            let byteCount = records.reduce(1) { $0 + $1.byteCount }
            state.withLock { state in
                let fitting = records.count * Self.bytesPerRead / byteCount
                state.limit = min(max(fitting, 1), Self.maxRecords, state.limit * 8)
                state.ahead = begin(state.limit)
            }
            return records
        }
    }

    private func begin(_ limit: Int) -> Task<Result<[TaskRecord], StorageError>, Never> {
        Task { [cursor] in
            do throws(StorageError) {
                return .success(try await cursor.next(limit))
            } catch {
                return .failure(error)
            }
        }
    }
}

extension TaskRecord {
    /// About how many bytes its JSON comes to.
    var byteCount: Int {
        var count = 512 + task.data.bytes.count + task.meta.bytes.count
        for annotation in annotations { count += 640 + annotation.result.bytes.count }
        for draft in drafts { count += 320 + draft.result.bytes.count }
        return count
    }
}
