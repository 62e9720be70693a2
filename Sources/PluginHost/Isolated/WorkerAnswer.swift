import CPluginWire
import CPostilPlugin
import Contracts

/// What a function of a plugin in a worker came to.
struct WorkerAnswer {
    var status: Int32
    /// Of an exporter, in the answer to `open`.
    var reads: UInt32
    var task: Int64
    var code: String
    var pointer: String
    var message: String
    /// The last records of the call.
    var records: [UInt8] = []

    init?(_ payload: [UInt8]) {
        guard payload.count == MemoryLayout<postil_wire_answer_t>.size else { return nil }
        let wire = unsafe payload.withUnsafeBytes {
            unsafe $0.loadUnaligned(as: postil_wire_answer_t.self)
        }
        status = wire.status
        reads = wire.reads
        task = wire.task_id
        code = Self.text(wire.code)
        pointer = Self.text(wire.pointer)
        message = Self.text(wire.message)
    }

    func with(_ records: [UInt8]) -> WorkerAnswer {
        var copy = self
        copy.records = records
        return copy
    }

    /// Turns a failure into an error.
    ///
    /// - Parameters:
    ///   - function: What was called.
    ///   - name: The capability's name.
    ///   - plugin: Whose function it is.
    ///   - accepted: Statuses that are no failure, besides POSTIL_OK.
    /// - Throws: What the plugin reports, or what is wrong with its table or status.
    func check(
        _ function: WorkerFunction,
        named name: String,
        of plugin: PluginVersion,
        accepted: [Int32] = []
    ) throws(PluginError) {
        if status == Int32(POSTIL_OK) || accepted.contains(status) { return }
        throw switch status {
        case Int32(POSTIL_WIRE_STATUS_CAPABILITY_MISSING):
            PluginError(
                .capabilityMissing,
                "The library of \(plugin) does not have `\(name)`, which its manifest lists.",
                plugin: plugin,
                function: "get_capability"
            )
        case Int32(POSTIL_WIRE_STATUS_TABLE_WRONG):
            PluginError(
                .answerInvalid,
                "The table of `\(name)` of \(plugin) cannot be used.",
                hint: message,
                plugin: plugin
            )
        case let status where status > 0:
            CallError.meaningless(status, function.description, plugin)
        default:
            CallError.reported(
                status: status,
                code: code,
                message: message,
                pointer: pointer,
                task: task,
                function: function.description,
                plugin: plugin
            )
        }
    }

    private static func text<Tuple>(_ tuple: Tuple) -> String {
        unsafe withUnsafeBytes(of: tuple) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}
