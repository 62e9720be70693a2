import CPluginWire

/// One call into a worker.
struct WorkerCall {
    var function: WorkerFunction
    /// Where the arenas are; `nil` when there are none.
    var slot: InputSlot?
    /// The number that the worker knows the slot by.
    var slotNumber = 0
    /// Arenas in the slot; an empty one stands for "not given".
    var spans: [Range<Int>] = []
    /// What the message says beside the function: the place of a batch in its stream, or how many
    /// questions there are.
    var sequence: UInt64 = 0
    /// For the flight record.
    var firstTask: Int64 = 0
    var taskCount = 0
    /// The name of what is called.
    var name = ""
    /// What the function is told behind the name.
    var bytes: [UInt8] = []

    /// CALL's payload.
    var payload: [UInt8] {
        var start = postil_wire_call_t()
        start.slot = UInt32(slotNumber)
        start.span_count = UInt32(spans.count)
        start.first_task = firstTask
        start.task_count = UInt64(taskCount)
        unsafe withUnsafeMutableBytes(of: &start.spans) { bytes in
            for (index, span) in spans.enumerated() {
                let wire = postil_wire_span_t(
                    offset: UInt64(span.lowerBound),
                    length: UInt64(span.count)
                )
                unsafe bytes.storeBytes(
                    of: wire,
                    toByteOffset: index * MemoryLayout<postil_wire_span_t>.size,
                    as: postil_wire_span_t.self
                )
            }
        }
        return unsafe withUnsafeBytes(of: &start) { unsafe Array($0) } + Array(name.utf8) + bytes
    }
}
