import Contracts
import LabelModel
import Synchronization
import ValueTree

/// The tasks of a snapshot's file as batches for an exporter.
actor SnapshotSource: BatchSource {
    private static let bytesPerRead = 256 << 10
    /// Bytes from which a batch is full.
    private static let batchBytes = 768 << 10

    private let file: FileDescriptor
    private let taken = Atomic<Int64>(0)
    private var splitter = JSONArraySplitter()
    private var isAtEnd = false

    init(path: String) throws(ServiceError) {
        file = try FileDescriptor.reading(path)
    }

    /// Tasks handed out so far.
    nonisolated var count: Int64 { taken.load(ordering: .relaxed) }

    func next() async throws(ServiceError) -> [ExportBatch]? {
        var batch = ExportBatch()
        do {
            while !isAtEnd, batch.bytes.count < Self.batchBytes {
                let chunk = try file.read(Self.bytesPerRead)
                if chunk.isEmpty {
                    isAtEnd = true
                    try splitter.finish()
                    break
                }
                try splitter.append(chunk) { element throws(JSONTextError) in
                    try Self.append(element, to: &batch)
                }
            }
        } catch let error as ServiceError {
            throw error
        } catch {
            var failure = ServiceError(.failed, "snapshot_damaged", "The snapshot is damaged.")
            failure.cause = String(describing: error)
            throw failure
        }
        taken.add(Int64(batch.entries.count), ordering: .relaxed)
        return batch.entries.isEmpty ? nil : [batch]
    }

    private static func append(
        _ element: JSONArraySplitter.Element,
        to batch: inout ExportBatch
    ) throws(JSONTextError) {
        let task = try element.parse()
        let start = batch.bytes.count
        batch.bytes += element.bytes
        func place(_ value: JSONText?) -> Range<Int> {
            guard let range = value?.rawRange else { return start..<start }
            return (start + range.lowerBound)..<(start + range.upperBound)
        }
        let annotations = task["annotations"].map { Array($0.elements) } ?? []
        let updatedAt = task["updated_at"]?.string.flatMap { Timestamp(iso8601: $0) }
        batch.entries.append(
            ExportBatch.Entry(
                task: task["id"]?.int64 ?? 0,
                project: task["project"]?.int64 ?? 0,
                revision: 1,
                updatedAt: updatedAt?.microseconds ?? 0,
                annotationCount: Int64(annotations.count),
                text: start..<batch.bytes.count,
                data: place(task["data"]),
                results: annotations.map { place($0["result"]) },
                annotations: annotations.map { $0["id"]?.int64 ?? 0 }
            )
        )
        batch.bytes.append(UInt8(ascii: ","))
    }
}
