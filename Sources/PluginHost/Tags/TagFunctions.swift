import CPostilPlugin
import Contracts
import LabelModel
import ValueTree

/// The table of a tag.
///
/// Its functions are pure and may be called from any thread.
@safe final class TagFunctions: Sendable {
    let plugin: PluginVersion
    let tag: String
    /// The table is constant and static (plugin.h), so any thread may read it.
    private let table: postil_tag_t

    init(_ loaded: LoadedPlugin, tag: String) throws(PluginError) {
        plugin = loaded.plugin
        self.tag = tag
        let pointer = unsafe try loaded.capability(.tag, named: tag)
        unsafe table = try SizedTable.read(
            pointer,
            through: nil,
            name: "tag table",
            into: postil_tag_t()
        )
    }

    func configFindings(_ question: TagQuestion, _ clock: CallClock) throws(PluginError)
        -> [TagFinding]
    {
        guard let function = unsafe table.validate_config else { return [] }
        return unsafe try findings("tag.validate_config", question, clock) {
            unsafe function($0, $1, $2)
        }
    }

    func resultFindings(_ question: TagQuestion, _ clock: CallClock) throws(PluginError)
        -> [TagFinding]
    {
        guard let function = unsafe table.validate_result else { return [] }
        return unsafe try findings("tag.validate_result", question, clock) {
            unsafe function($0, $1, $2)
        }
    }

    /// Asks for the result as it is to be stored.
    ///
    /// - Returns: A JSON object, or `nil` when the result stays as it is.
    /// - Throws: `answer_invalid` when the plugin built something else.
    func normalized(_ question: TagQuestion, _ clock: CallClock) throws(PluginError) -> RawJSON? {
        guard let function = unsafe table.normalize else { return nil }
        let root = unsafe try built("tag.normalize", question, clock) {
            unsafe function($0, $1, $2)
        }
        return try TagAnswer.normalized(root, plugin)
    }

    /// Asks for the measures of a result.
    ///
    /// - Returns: Finite numbers by name.
    /// - Throws: `answer_invalid` when the plugin built something else than an object.
    func measures(_ question: TagQuestion, _ clock: CallClock) throws(PluginError)
        -> [String: Double]
    {
        guard let function = unsafe table.measures else { return [:] }
        let root = unsafe try built("tag.measures", question, clock) {
            unsafe function($0, $1, $2)
        }
        return try TagAnswer.measures(root, plugin)
    }

    /// - Returns: The one root that the function built; `nil` for none.
    private func built(
        _ name: String,
        _ question: TagQuestion,
        _ clock: CallClock,
        _ function: (
            UnsafePointer<postil_tag_call_t>, UnsafeMutablePointer<postil_builder_t>,
            UnsafeMutablePointer<postil_error_t>
        ) -> postil_status_t
    ) throws(PluginError) -> RawJSON? {
        var arena = PluginArena(rootCapacity: 1, byteTarget: 64 << 10, byteLimit: 256 << 20)
        unsafe try call(name, question, clock) { call, error in
            unsafe (try? arena.withBuilder { unsafe function(call, $0, error) })
                ?? Int32(POSTIL_ERROR_NO_MEMORY)
        }
        return try PluginAnswer.roots(of: &arena, name, plugin).first
    }

    private func findings(
        _ name: String,
        _ question: TagQuestion,
        _ clock: CallClock,
        _ function: (
            UnsafePointer<postil_tag_call_t>, UnsafePointer<postil_problems_t>,
            UnsafeMutablePointer<postil_error_t>
        ) -> postil_status_t
    ) throws(PluginError) -> [TagFinding] {
        let bridge = FindingBridge()
        unsafe try call(name, question, clock) { call, error in
            unsafe function(call, UnsafePointer(bridge.table), error)
        }
        return bridge.findings
    }

    private func call(
        _ name: String,
        _ question: TagQuestion,
        _ clock: CallClock,
        _ body: (UnsafePointer<postil_tag_call_t>, UnsafeMutablePointer<postil_error_t>)
            -> postil_status_t
    ) throws(PluginError) {
        let element = try tree(question.element)
        let data = try question.data.map(tree)
        let result = try question.result.map(tree)
        _ = unsafe try CallError.check(name, of: plugin) { error in
            unsafe lend(element, data, result) { call in
                clock.inPlugin { unsafe body(call, error) }
            }
        }
    }

    private func lend(
        _ element: ValueTree,
        _ data: ValueTree?,
        _ result: ValueTree?,
        _ body: (UnsafePointer<postil_tag_call_t>) -> postil_status_t
    ) -> postil_status_t {
        unsafe withBytes(of: tag) { tag in
            unsafe element.withABI { element in
                unsafe Self.lend(data) { data in
                    unsafe Self.lend(result) { result in
                        var call = unsafe postil_tag_call_t()
                        unsafe call.size = UInt32(MemoryLayout<postil_tag_call_t>.size)
                        unsafe call.tag = tag
                        unsafe call.element_borrowed = element
                        unsafe call.data_borrowed = data
                        unsafe call.result_borrowed = result
                        return unsafe body(&call)
                    }
                }
            }
        }
    }

    private static func lend(
        _ tree: ValueTree?,
        _ body: (UnsafePointer<postil_batch_t>?) -> postil_status_t
    ) -> postil_status_t {
        guard let tree else { return body(nil) }
        return unsafe tree.withABI { unsafe body($0) }
    }

    private func tree(_ json: [UInt8]) throws(PluginError) -> ValueTree {
        do {
            return try ValueTree(json: json)
        } catch {
            throw PluginError(
                .callFailed,
                "What \(tag) is asked about is not JSON: \(error.message)",
                plugin: plugin
            )
        }
    }
}
