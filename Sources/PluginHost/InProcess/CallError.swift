import CPostilPlugin
import Contracts

/// Calls a function of the ABI and turns its status and error structure into ``PluginError``.
enum CallError {
    /// Makes one call.
    ///
    /// - Parameters:
    ///   - function: For the error: `exporter.consume`.
    ///   - plugin: Whose function it is.
    ///   - accepted: Statuses that are no failure, besides POSTIL_OK.
    ///   - body: Makes the call with an empty error structure.
    /// - Returns: The status.
    /// - Throws: What the plugin reports, or `answer_invalid` for a status that means nothing here.
    @unsafe static func check(
        _ function: String,
        of plugin: PluginVersion,
        accepted: [Int32] = [],
        _ body: (UnsafeMutablePointer<postil_error_t>) -> postil_status_t
    ) throws(PluginError) -> postil_status_t {
        var error = postil_error_t()
        error.size = UInt32(MemoryLayout<postil_error_t>.size)
        let status = unsafe body(&error)
        guard status != Int32(POSTIL_OK), !accepted.contains(status) else { return status }
        guard status < 0 else { throw meaningless(status, function, plugin) }
        throw reported(
            status: status,
            code: text(error.code),
            message: text(error.message),
            pointer: text(error.pointer),
            task: error.task_id,
            function: function,
            plugin: plugin
        )
    }

    /// The error for a status that a function does not have.
    static func meaningless(_ status: Int32, _ function: String, _ plugin: PluginVersion)
        -> PluginError
    {
        PluginError(
            .answerInvalid,
            "\(plugin) answered \(function) with the status \(status), which means nothing there.",
            plugin: plugin,
            function: function
        )
    }

    /// The error that a plugin reports; texts may be empty, and the task 0.
    static func reported(
        status: Int32,
        code: String,
        message: String,
        pointer: String,
        task: Int64,
        function: String,
        plugin: PluginVersion
    ) -> PluginError {
        let said = message.isEmpty ? "it failed without saying why (status \(status))" : message
        return PluginError(
            status == Int32(POSTIL_ERROR_INVALID_SETTINGS) ? .settingsInvalid : .callFailed,
            "\(plugin): \(said)" + (code.isEmpty ? "" : " (\(code))"),
            plugin: plugin,
            function: function,
            task: task == 0 ? nil : task,
            pointer: pointer.nilWhenEmpty
        )
    }

    /// The text of a C array up to its first NUL, which a plugin may have forgotten.
    private static func text<Tuple>(_ tuple: Tuple) -> String {
        unsafe withUnsafeBytes(of: tuple) { bytes in
            unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
    }
}

extension String {
    var nilWhenEmpty: String? { isEmpty ? nil : self }
}
