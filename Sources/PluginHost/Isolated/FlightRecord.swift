import CPluginWire

/// What a worker was doing when it was last heard of.
///
/// The worker wrote it, so each part is only a hint.
struct FlightRecord: Hashable, Sendable {
    /// A place in a library: `libexample.so+0x1a2b`.
    struct Place: Hashable, Sendable, CustomStringConvertible {
        var library: String
        var offset: UInt64

        var description: String { "\(library)+0x\(String(offset, radix: 16))" }
    }

    /// `exporter.consume`; `nil` while no code of the plugin runs.
    var function: String?
    /// Of the tasks that the function was given.
    var firstTask: Int64
    var taskCount: UInt64
    /// The signal that the worker took note of.
    var signal: Int32
    /// What was touched, for signals about memory.
    var address: UInt64
    /// Where it happened.
    var place: Place?
    /// The innermost place in the plugin's own library; `nil` when that is ``place``.
    var caller: Place?
    /// `exit` was called.
    var exits: Bool

    init(_ page: postil_wire_page_t) {
        function = Self.name(capability: page.capability, function: page.function)
        firstTask = page.first_task
        taskCount = page.task_count
        signal = page.signal
        address = page.address
        exits = page.exits != 0
        let modules = Self.modules(page)
        place = Self.place(page.place, modules)
        caller = page.caller == page.place ? nil : Self.place(page.caller, modules)
    }

    /// The record with what the host knows where the worker says nothing: a plugin may do its harm
    /// inside a call and the harm be noticed after it.
    func completed(by call: WorkerCall?) -> FlightRecord {
        guard function == nil, let call else { return self }
        var record = self
        record.function = call.function.description
        record.firstTask = call.firstTask
        record.taskCount = UInt64(call.taskCount)
        return record
    }

    /// The one task that the function was about; `nil` for none or several.
    var task: Int64? { taskCount == 1 && firstTask != 0 ? firstTask : nil }

    private static func modules(_ page: postil_wire_page_t) -> [postil_wire_module_t] {
        let count = min(Int(page.module_count), Int(POSTIL_WIRE_MODULES_MAX))
        return unsafe withUnsafeBytes(of: page.modules) { bytes in
            unsafe Array(bytes.bindMemory(to: postil_wire_module_t.self).prefix(count))
        }
    }

    private static func place(_ address: UInt64, _ modules: [postil_wire_module_t]) -> Place? {
        guard address != 0,
            let module = modules.first(where: { $0.start <= address && address < $0.end })
        else { return nil }
        let name = unsafe withUnsafeBytes(of: module.name) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return Place(
            library: name.isEmpty ? "postil-plugin-runner" : name,
            offset: address &- module.base
        )
    }

    private static func name(capability: UInt32, function: UInt32) -> String? {
        WorkerFunction(capability: capability, function: function)?.description
    }
}
