import CPostilPlugin

/// What is known of a task without reading it.
public struct ValueRootFields: Hashable, Sendable {
    public var taskID: Int64
    public var projectID: Int64
    /// Grows with every change of the task or its annotations.
    public var revision: Int64
    /// Microseconds since 1970-01-01 UTC.
    public var updatedAtMicroseconds: Int64
    /// Annotations of the task, cancelled ones included.
    public var annotationCount: Int

    public init(
        taskID: Int64 = 0,
        projectID: Int64 = 0,
        revision: Int64 = 0,
        updatedAtMicroseconds: Int64 = 0,
        annotationCount: Int = 0
    ) {
        self.taskID = taskID
        self.projectID = projectID
        self.revision = revision
        self.updatedAtMicroseconds = updatedAtMicroseconds
        self.annotationCount = annotationCount
    }
}

/// A number of tasks in the form that plugins read.
///
/// Never changes.
public struct ValueBatch: Sendable {
    let storage: ValueStorage
    /// Place in its stream, from 0.
    public let sequence: Int

    /// How many roots there are.
    public var count: Int {
        unsafe withBatch { batch in unsafe Int(postil_batch_count(batch)) }
    }

    /// The size of the arena, which is what the batch costs in memory.
    public var byteCount: Int { storage.byteCount }

    /// The root at an index in `0 ..< count`.
    public subscript(_ index: Int) -> ValueRoot {
        precondition(index >= 0 && index < count)
        let root = unsafe withBatch { batch in
            unsafe postil_batch_root(batch, UInt32(index)).pointee
        }
        return ValueRoot(storage: storage, root: root)
    }

    func withBatch<Answer, Failure: Error>(
        _ body: (UnsafePointer<postil_batch_t>) throws(Failure) -> Answer
    ) throws(Failure) -> Answer {
        var batch = unsafe storage.batch(sequence: sequence)
        defer { _ = storage }
        return unsafe try withUnsafePointer(to: &batch) { batch throws(Failure) in
            unsafe try body(batch)
        }
    }
}

/// One task of a batch.
public struct ValueRoot: Sendable {
    let storage: ValueStorage
    let root: postil_root_t

    public var fields: ValueRootFields {
        ValueRootFields(
            taskID: root.task_id,
            projectID: root.project_id,
            revision: root.revision,
            updatedAtMicroseconds: root.updated_at_us,
            annotationCount: Int(root.annotation_count)
        )
    }

    /// The task as a tree; nil if the batch carries text alone.
    public var value: ValueNode? {
        guard root.node_offset != 0 else { return nil }
        return ValueNode(storage: storage, offset: Int(root.node_offset))
    }

    /// The whole task as JSON text; nil if the batch carries trees alone.
    public var text: [UInt8]? { slice(root.text_offset, root.text_length) }

    /// The task's `data` as it came in; nil if it is not given.
    public var dataText: [UInt8]? { slice(root.data_offset, root.data_length) }

    /// The `result` of each annotation as it came in.
    public var resultTexts: [(annotationID: Int64, bytes: [UInt8])] {
        (0..<Int(root.results_count)).map { index in
            let at =
                Int(root.results_offset) + index * MemoryLayout<postil_result_text_t>.stride
            let entry = unsafe UnsafeRawPointer(storage.arena + at)
                .load(as: postil_result_text_t.self)
            return (entry.annotation_id, slice(entry.offset, entry.length) ?? [])
        }
    }

    private func slice(_ offset: UInt64, _ length: UInt64) -> [UInt8]? {
        guard offset != 0 else { return nil }
        return unsafe Array(
            UnsafeBufferPointer(start: storage.arena + Int(offset), count: Int(length))
        )
    }
}
