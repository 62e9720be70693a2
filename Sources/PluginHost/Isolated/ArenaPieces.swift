import CPluginWire
import Contracts

/// Puts an arena together that a worker sends in pieces, and keeps what else came with it.
struct ArenaPieces {
    let limit: Int
    let plugin: PluginVersion
    private(set) var bytes: [UInt8] = []
    private(set) var findings: [TagFinding] = []

    init(limit: Int, plugin: PluginVersion) {
        self.limit = limit
        self.plugin = plugin
    }

    mutating func add(_ records: [UInt8]) throws(WorkerFailure) {
        var pieces = self
        do throws(PluginError) {
            let isWhole = unsafe try OutputRecords.forEach(in: records) {
                (record) throws(PluginError) in
                unsafe try pieces.take(record)
            }
            if !isWhole { throw failure("Its output is not made of records.") }
        } catch {
            throw .refused(error)
        }
        self = pieces
    }

    @unsafe private mutating func take(_ record: OutputRecords.Record) throws(PluginError) {
        switch unsafe Int(record.kind) {
        case Int(POSTIL_WIRE_ARENA):
            guard unsafe record.bytes.count <= limit - bytes.count else {
                throw failure("What it builds is larger than it may be.")
            }
            unsafe bytes.append(contentsOf: record.bytes)
        case Int(POSTIL_WIRE_PROBLEM):
            guard findings.count < 100 else { return }
            guard let texts = unsafe record.texts(), texts.count >= 4 else {
                throw failure("A problem that it reports is not UTF-8.")
            }
            findings.append(
                TagFinding(
                    code: texts[0],
                    pointer: texts[1],
                    message: texts[2],
                    hint: texts[3].nilWhenEmpty
                )
            )
        default:
            throw failure("It gave a record of a kind that does not belong here.")
        }
    }

    private func failure(_ message: String) -> PluginError {
        PluginError(.answerInvalid, "\(plugin): \(message)", plugin: plugin)
    }
}
