import CPostilPlugin
import CSimdJSON

/// What a reader of batches wants of each task.
public struct ValueReads: OptionSet, Hashable, Sendable {
    public let rawValue: UInt32

    public init(rawValue: UInt32) { self.rawValue = rawValue }

    /// JSON text as it came in.
    public static let text = ValueReads(rawValue: 1)
    /// A value tree.
    public static let tree = ValueReads(rawValue: 2)
    public static let both: ValueReads = [.text, .tree]
}

/// Makes batches of tasks from their JSON text.
///
///   1. `append` tasks until `isFull`.
///   2. `finish` gives the batch, and the next one can be built.
public struct ValueBatchBuilder: ~Copyable {
    private let arena: ValueArena
    private let keys: ValueKeys
    private let reads: ValueReads
    private var hasBegun = false
    private var sequence = 0

    /// Makes an empty builder.
    ///
    /// - Parameters:
    ///   - keys: The names of the stream.
    ///   - rootCapacity: How many tasks a batch has at most.
    ///   - byteTarget: A batch counts as full from this size on.
    ///   - reads: What is put into a batch of each task.
    public init(
        keys: ValueKeys,
        rootCapacity: Int = 512,
        byteTarget: Int = 512 << 10,
        reads: ValueReads
    ) {
        arena = ValueArena(
            rootCapacity: rootCapacity,
            byteTarget: byteTarget,
            byteLimit: ValueArena.largest
        )
        self.keys = keys
        self.reads = reads
    }

    /// True when the batch should be finished before the next task is appended.
    public var isFull: Bool { hasBegun && arena.isFull }

    public var isEmpty: Bool { count == 0 }

    /// How many tasks the batch has so far.
    public var count: Int { hasBegun ? arena.rootCount : 0 }

    /// Appends a task.
    ///
    /// Nothing is appended if it throws.
    ///
    /// - Parameters:
    ///   - fields: What is known of the task.
    ///   - json: The whole task as JSON text.
    ///   - data: Where its `data` lies in `json`.
    ///   - results: Where the `result` of each annotation lies in `json`.
    /// - Throws: ``JSONTextError``; with code `tooLarge` also when the batch is full, or would grow
    ///   beyond 256 MiB.
    public mutating func append(
        _ fields: ValueRootFields,
        json: [UInt8],
        data: Range<Int>? = nil,
        results: [(annotationID: Int64, range: Range<Int>)] = []
    ) throws(JSONTextError) {
        if !hasBegun {
            guard (try? arena.begin()) != nil else { throw Self.tooLarge }
            hasBegun = true
        }
        var root = postil_root_t()
        root.task_id = fields.taskID
        root.project_id = fields.projectID
        root.revision = fields.revision
        root.updated_at_us = fields.updatedAtMicroseconds
        root.annotation_count = UInt32(clamping: fields.annotationCount)
        let data = postil_text_range_t(annotationID: 0, data ?? 0..<0)
        let results = results.map { postil_text_range_t(annotationID: $0.annotationID, $0.range) }
        if let error = write(root, json: json, data: data, results: results) { throw error }
    }

    private func write(
        _ root: postil_root_t,
        json: [UInt8],
        data: postil_text_range_t,
        results: [postil_text_range_t]
    ) -> JSONTextError? {
        var root = root
        var error = postil_json_error_t()
        return unsafe json.withUnsafeBufferPointer { json in
            unsafe results.withUnsafeBufferPointer { results in
                let code = unsafe keys.withTable { table in
                    unsafe postil_arena_append_task(
                        arena.pointer,
                        table,
                        &root,
                        json.baseAddress,
                        UInt64(json.count),
                        reads.rawValue,
                        data,
                        results.baseAddress,
                        UInt32(results.count),
                        &error
                    )
                }
                return code == POSTIL_JSON_OK ? nil : unsafe JSONTextError(error, in: json)
            }
        }
    }

    /// Gives the batch, which may be empty, and begins the next one.
    ///
    /// - Throws: ``ValueTreeError`` when memory ran out.
    public mutating func finish() throws(ValueTreeError) -> ValueBatch {
        if !hasBegun { try arena.begin() }
        hasBegun = false
        let batch = ValueBatch(storage: try arena.finish(keys: keys), sequence: sequence)
        sequence += 1
        return batch
    }

    private static var tooLarge: JSONTextError {
        JSONTextError(code: .tooLarge, offset: 0, line: 1, column: 1)
    }
}

extension postil_text_range_t {
    fileprivate init(annotationID: Int64, _ range: Range<Int>) {
        self.init(
            annotation_id: annotationID,
            offset: UInt64(range.lowerBound),
            length: UInt64(range.count)
        )
    }
}
