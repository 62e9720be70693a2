import CPostilPlugin
import Contracts
import LabelModel
import ValueTree

/// One open instance of an import source, and everything that lives as long as it.
///
/// Used on the instance's thread only, one call at a time; proof for `@unchecked Sendable`.
@safe final class ImportSourceInstance: @unchecked Sendable {
    private enum State {
        case open
        /// The source has said that nothing is left.
        case ended
        case closed
    }

    let cancel = CancelWord()
    private let plugin: PluginVersion
    private let table: postil_import_source_t
    private let inputs: InputBridge
    private var arena = PluginArena(
        rootCapacity: 512,
        byteTarget: 512 * 1024,
        byteLimit: Int(POSTIL_ARENA_BYTES_MAX)
    )
    private var instance: UnsafeMutableRawPointer?
    private var state = State.open

    /// Opens the instance.
    ///
    /// - Parameters:
    ///   - loaded: The plugin.
    ///   - name: The capability's name in the manifest.
    ///   - context: JSON object: project, labeling config, settings.
    ///   - inputs: What it may read.
    ///   - clock: The clock of the call that this is part of.
    /// - Throws: What the plugin reports, or `answer_invalid` for a table that will not do.
    init(
        _ loaded: LoadedPlugin,
        name: String,
        context: [UInt8],
        inputs: InputBridge,
        clock: CallClock
    ) throws(PluginError) {
        plugin = loaded.plugin
        self.inputs = inputs
        let pointer = unsafe try loaded.capability(.importSource, named: name)
        unsafe table = try SizedTable.read(
            pointer,
            through: MemoryLayout<postil_import_source_t>.offset(of: \.close),
            name: "import source table",
            into: postil_import_source_t()
        )
        try open(name: name, context: context, clock: clock)
    }

    func next(_ clock: CallClock) throws(PluginError) -> ImportTurn {
        guard state == .open else { return .end }
        let statuses = [Int32(POSTIL_MORE), Int32(POSTIL_END), Int32(POSTIL_AGAIN)]
        let status = unsafe try CallError.check(
            "import_source.next",
            of: plugin,
            accepted: statuses
        ) { error in
            clock.inPlugin {
                let status = unsafe try? arena.withBuilder { builder in
                    unsafe table.next?(instance, builder, error) ?? Int32(POSTIL_END)
                }
                return status ?? Int32(POSTIL_ERROR_NO_MEMORY)
            }
        }
        if status == Int32(POSTIL_END) { state = .ended }
        let tasks = try PluginAnswer.roots(of: &arena, "import_source.next", plugin)
        try ImportedTasks.check(tasks, plugin)
        return tasks.isEmpty && status == Int32(POSTIL_AGAIN) ? .again : .tasks(tasks)
    }

    /// Closes the instance; nothing if that has happened.
    func close(_ clock: CallClock) {
        guard state != .closed else { return }
        state = .closed
        clock.inPlugin { unsafe table.close?(instance) }
        inputs.releaseAll()
    }

    private func open(name: String, context: [UInt8], clock: CallClock) throws(PluginError) {
        let tree: ValueTree
        do {
            tree = try ValueTree(json: context)
        } catch {
            throw PluginError(
                .callFailed,
                "The context of the import is not JSON: \(error.message)",
                plugin: plugin
            )
        }
        guard let function = unsafe table.open, unsafe table.next != nil, unsafe table.close != nil
        else {
            throw PluginError(
                .answerInvalid,
                "The import source of \(plugin) lacks one of its functions.",
                hint: "open, next and close are all needed.",
                plugin: plugin
            )
        }
        _ = unsafe try CallError.check("import_source.open", of: plugin) { error in
            clock.inPlugin {
                unsafe tree.withABI { context in
                    unsafe withBytes(of: name) { name in
                        var arguments = unsafe postil_import_open_t()
                        unsafe arguments.size = UInt32(MemoryLayout<postil_import_open_t>.size)
                        unsafe arguments.name = name
                        unsafe arguments.context_borrowed = context
                        unsafe arguments.inputs = UnsafePointer(inputs.table)
                        unsafe arguments.cancel = cancel.pointer
                        return unsafe function(&arguments, &instance, error)
                    }
                }
            }
        }
    }
}
