import CPluginWire
import CPostilPlugin
import Contracts
import ValueTree

/// One worker's go at an export, from `open` on.
///
/// 1. ``append(_:ordinal:of:)`` tasks; batches go out as they are full, two of them at a time.
/// 2. ``flush()`` sends what is left, ``drain()`` waits until all of it has been answered.
/// 3. ``finish()`` or ``abort()``.
///
/// What a batch wrote is handed on when its answer is there. Used by one thread at a time.
final class ExportAttempt {
    private static let slotCount = 2
    /// An answer may come late; what was written until then must not grow without end.
    private static let stagedBytes = 32 << 20

    let worker: Worker
    private let name: String
    private let limit: Duration
    private let sinks: ReplayedSinks
    private let keys = ValueKeys()
    private var builder: ValueBatchBuilder
    private var slots = [InputSlot?](repeating: nil, count: slotCount)
    private var batchCount = 0
    private var pending: [(call: UInt64, through: Int)] = []
    private var staged: [UInt8] = []
    private var losses = LossCollection()
    private var firstTask: Int64 = 0
    private var lastOrdinal = 0
    private var patience: Duration

    /// Tasks before this place are in the worker's answers.
    private(set) var acknowledged = 0
    /// Tasks before this place have been sent.
    private(set) var sent = 0

    init(
        _ worker: Worker,
        name: String,
        context: [UInt8],
        sinks: ReplayedSinks,
        limit: Duration
    ) throws(WorkerFailure) {
        self.worker = worker
        self.name = name
        self.limit = limit
        self.sinks = sinks
        patience = limit
        builder = ValueBatchBuilder(keys: keys, reads: .text)
        sinks.restart()
        let reads = try open(context)
        builder = ValueBatchBuilder(keys: keys, reads: reads)
    }

    /// Appends a task; `ordinal` is its place among all tasks of the export.
    func append(_ entry: ExportBatch.Entry, ordinal: Int, of batch: ExportBatch)
        throws(WorkerFailure)
    {
        if builder.isEmpty { firstTask = entry.task }
        do throws(PluginError) {
            try builder.append(entry, of: batch, worker.plugin)
        } catch {
            throw .refused(error)
        }
        lastOrdinal = ordinal
        if builder.isFull { try flush() }
    }

    func flush() throws(WorkerFailure) {
        guard !builder.isEmpty else { return }
        while pending.count >= Self.slotCount { try awaitAnswer() }
        let count = builder.count
        let batch: ValueBatch
        do throws(ValueTreeError) {
            batch = try builder.finish()
        } catch {
            throw .refused(failure("A batch of tasks cannot be built: \(error.message)"))
        }
        var call = WorkerCall(function: .consume)
        call.sequence = UInt64(batch.sequence)
        call.firstTask = firstTask
        call.taskCount = count
        try put(batch, into: &call)
        sent = lastOrdinal + 1
        pending.append((try worker.send(call), sent))
    }

    func drain() throws(WorkerFailure) {
        while !pending.isEmpty { try awaitAnswer() }
    }

    func finish() throws(WorkerFailure) -> LossCollection {
        try flush()
        try drain()
        let answer = try answer(to: WorkerCall(function: .finish))
        try check(answer, .finish)
        do throws(PluginError) {
            try sinks.closeAll()
        } catch {
            throw .refused(error)
        }
        try worker.end()
        return losses
    }

    /// Tells the plugin that the export is given up; ends the process, whatever it says.
    func abort() {
        worker.cancel()
        worker.page.refuseOutput()
        do throws(WorkerFailure) {
            staged = []
            _ = try worker.send(WorkerCall(function: .abort))
            while true {
                guard case .answer(let call, _) = try worker.receive(&patience) else { continue }
                if !pending.contains(where: { $0.call == call }) { break }
            }
            try worker.end()
        } catch {
            worker.kill()
        }
    }

    private func open(_ context: [UInt8]) throws(WorkerFailure) -> ValueReads {
        let tree: ValueTree
        do {
            tree = try ValueTree(json: context, keys: keys)
        } catch {
            throw .refused(failure("The context of the export is not JSON: \(error.message)"))
        }
        var call = WorkerCall(function: .openExporter, name: name)
        try put(tree, into: &call)
        let answer = try answer(to: call)
        try check(answer, .openExporter)
        guard let reads = ValueReads(wire: answer.reads) else {
            throw .refused(failure("It does not say what it reads."))
        }
        return reads
    }

    /// Sends a call and waits for its answer; what it writes is handed on.
    private func answer(to call: WorkerCall) throws(WorkerFailure) -> WorkerAnswer {
        let number = try worker.send(call)
        let (answered, answer) = try nextAnswer()
        guard answered == number else { throw .refused(failure("It answered another call.")) }
        return answer
    }

    private func awaitAnswer() throws(WorkerFailure) {
        let (call, answer) = try nextAnswer()
        guard let first = pending.first, first.call == call else {
            throw .refused(failure("It answered another call than the one it was given."))
        }
        try check(answer, .consume)
        pending.removeFirst()
        acknowledged = first.through
    }

    private func nextAnswer() throws(WorkerFailure) -> (UInt64, WorkerAnswer) {
        while true {
            switch try worker.receive(&patience) {
            case .output(let records):
                staged += records
                if staged.count > Self.stagedBytes { try handOn() }
            case .answer(let call, let answer):
                patience = limit
                staged += answer.records
                try handOn()
                return (call, answer)
            case .want:
                throw .refused(failure("It wants an input, which an exporter has none of."))
            }
        }
    }

    private func check(_ answer: WorkerAnswer, _ function: WorkerFunction) throws(WorkerFailure) {
        do throws(PluginError) {
            try answer.check(function, named: name, of: worker.plugin)
        } catch {
            throw .refused(error)
        }
    }

    /// Hands what was written to the sinks.
    private func handOn() throws(WorkerFailure) {
        let records = staged
        staged = []
        do throws(PluginError) {
            let isWhole = unsafe try OutputRecords.forEach(in: records) {
                (record) throws(PluginError) in
                unsafe try take(record)
            }
            if !isWhole { throw failure("Its output is not made of records.") }
        } catch {
            worker.page.refuseOutput()
            throw .refused(error)
        }
    }

    @unsafe private func take(_ record: OutputRecords.Record) throws(PluginError) {
        switch unsafe Int(record.kind) {
        case Int(POSTIL_WIRE_SINK_OPEN):
            guard let texts = unsafe record.texts(), texts.count == 2 else {
                throw sinkFailure("The name or media type of a file is not UTF-8.")
            }
            unsafe try sinks.open(record.number, name: texts[0], mediaType: texts[1])
        case Int(POSTIL_WIRE_SINK_WRITE):
            unsafe try sinks.write(record.bytes, to: record.number)
        case Int(POSTIL_WIRE_SINK_CLOSE):
            unsafe try sinks.close(record.number)
        case Int(POSTIL_WIRE_LOSS):
            guard let texts = unsafe record.texts(from: 8), texts.count >= 2 else { return }
            unsafe losses.add(code: texts[0], message: texts[1], count: record.number)
        case Int(POSTIL_WIRE_NAME):
            guard let texts = unsafe record.texts(), texts.count == 1,
                let key = keys.intern(texts[0]), unsafe UInt64(key) == record.number
            else { throw failure("It interned a name that cannot be one.") }
        default:
            throw failure("It gave a record of a kind that an exporter does not have.")
        }
    }

    private func put(_ tree: ValueTree, into call: inout WorkerCall) throws(WorkerFailure) {
        do throws(PluginError) {
            unsafe try tree.withABI { (batch) throws(PluginError) in
                unsafe try put(batch, into: &call)
            }
        } catch {
            throw .refused(error)
        }
    }

    private func put(_ batch: ValueBatch, into call: inout WorkerCall) throws(WorkerFailure) {
        do throws(PluginError) {
            unsafe try batch.withABI { (batch) throws(PluginError) in
                unsafe try put(batch, into: &call)
            }
        } catch {
            throw .refused(error)
        }
    }

    /// Copies an arena into the slot whose turn it is.
    @unsafe private func put(
        _ batch: UnsafePointer<postil_batch_t>,
        into call: inout WorkerCall
    ) throws(PluginError) {
        let arena = unsafe UnsafeRawBufferPointer(
            start: batch.pointee.arena_borrowed,
            count: Int(batch.pointee.arena_size)
        )
        let number = batchCount % Self.slotCount
        batchCount += 1
        let slot: InputSlot
        if let known = slots[number], known.holds(arena.count) {
            slot = known
        } else {
            slot = try InputSlot(holding: arena.count)
        }
        slots[number] = slot
        unsafe slot.write(arena, at: 0)
        call.slot = slot
        call.slotNumber = number
        call.spans = [0..<arena.count]
    }

    private func failure(_ message: String) -> PluginError {
        PluginError(.answerInvalid, "\(worker.plugin): \(message)", plugin: worker.plugin)
    }

    private func sinkFailure(_ message: String) -> PluginError {
        PluginError(.sinkFailed, "\(worker.plugin): \(message)", plugin: worker.plugin)
    }
}
