import CPluginWire
import Contracts
import ValueTree

/// What a metric's process gives during one call.
struct MetricOutput {
    private(set) var numbers: [Double] = []
    private(set) var table: postil_wire_metric_t?
    private let plugin: PluginVersion
    private let numberCount: Int
    private let parts: PartsBridge?
    private let keys: ValueKeys?

    /// - Parameters:
    ///   - plugin: Whose output it is.
    ///   - numberCount: So many numbers are wanted, no more and no less.
    ///   - parts: Takes parts of scores; nil when there can be none.
    ///   - keys: Takes names that are interned; nil when there can be none.
    init(
        _ plugin: PluginVersion,
        numberCount: Int = 0,
        parts: PartsBridge? = nil,
        keys: ValueKeys? = nil
    ) {
        self.plugin = plugin
        self.numberCount = numberCount
        self.parts = parts
        self.keys = keys
    }

    /// Sends a call and takes everything that comes up to its answer.
    mutating func collect(_ call: WorkerCall, _ worker: Worker, limit: Duration)
        throws(WorkerFailure) -> WorkerAnswer
    {
        let number = try worker.send(call)
        var patience = limit
        while true {
            switch try worker.receive(&patience) {
            case .want: throw .refused(failure("A metric has no inputs."))
            case .output(let records): try take(records)
            case .answer(let answered, let answer):
                guard answered == number else {
                    throw .refused(failure("It answered another call."))
                }
                try take(answer.records)
                return answer
            }
        }
    }

    /// - Throws: When the answer is none to what was asked.
    func checkNumbers() throws(WorkerFailure) {
        guard numbers.count == numberCount else {
            throw .refused(failure("It gave \(numbers.count) numbers; \(numberCount) were asked."))
        }
    }

    private mutating func take(_ records: [UInt8]) throws(WorkerFailure) {
        var output = self
        do throws(PluginError) {
            let isWhole = unsafe try OutputRecords.forEach(in: records) {
                (record) throws(PluginError) in
                unsafe try output.take(record)
            }
            if !isWhole { throw failure("Its output is not made of records.") }
        } catch {
            throw .refused(error)
        }
        self = output
    }

    @unsafe private mutating func take(_ record: OutputRecords.Record) throws(PluginError) {
        let bytes = unsafe record.bytes
        switch unsafe Int(record.kind) {
        case Int(POSTIL_WIRE_NUMBERS):
            guard bytes.count % 8 == 0, bytes.count / 8 <= numberCount - numbers.count else {
                throw failure("It gave more numbers than were asked.")
            }
            for offset in stride(from: 0, to: bytes.count, by: 8) {
                unsafe numbers.append(bytes.loadUnaligned(fromByteOffset: offset, as: Double.self))
            }
        case Int(POSTIL_WIRE_PART):
            guard let parts, bytes.count >= 16 else {
                throw failure("It gave a part where there is none.")
            }
            let label = unsafe String(validating: bytes.dropFirst(16), as: UTF8.self)
            unsafe parts.take(
                record.number,
                bytes.count - 16 <= 256 ? label : nil,
                bytes.loadUnaligned(fromByteOffset: 0, as: Double.self),
                bytes.loadUnaligned(fromByteOffset: 8, as: Double.self)
            )
        case Int(POSTIL_WIRE_TABLE):
            guard table == nil, bytes.count == MemoryLayout<postil_wire_metric_t>.size else {
                throw failure("It gave a table that is none.")
            }
            table = unsafe bytes.loadUnaligned(as: postil_wire_metric_t.self)
        case Int(POSTIL_WIRE_NAME):
            guard let keys, let texts = unsafe record.texts(), texts.count == 1,
                let key = keys.intern(texts[0]), unsafe UInt64(key) == record.number
            else { throw failure("It interned a name that cannot be one.") }
        default:
            throw failure("It gave a record of a kind that a metric does not have.")
        }
    }

    private func failure(_ message: String) -> PluginError {
        PluginError(.answerInvalid, "\(plugin): \(message)", plugin: plugin)
    }
}
