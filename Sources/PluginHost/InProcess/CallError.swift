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
        guard status < 0 else {
            throw PluginError(
                .answerInvalid,
                "\(plugin) answered \(function) with the status \(status), which "
                    + "means nothing there.",
                plugin: plugin,
                function: function
            )
        }
        throw pluginError(error, status, function, plugin)
    }

    private static func pluginError(
        _ error: postil_error_t,
        _ status: Int32,
        _ function: String,
        _ plugin: PluginVersion
    ) -> PluginError {
        let message = text(error.message)
        let code = text(error.code)
        let said = message.isEmpty ? "it failed without saying why (status \(status))" : message
        return PluginError(
            status == Int32(POSTIL_ERROR_INVALID_SETTINGS) ? .settingsInvalid : .callFailed,
            "\(plugin): \(said)" + (code.isEmpty ? "" : " (\(code))"),
            plugin: plugin,
            function: function,
            task: error.task_id == 0 ? nil : error.task_id,
            pointer: text(error.pointer).nilWhenEmpty
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
