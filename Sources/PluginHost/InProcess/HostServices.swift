import CPostilPlugin
import ValueTree

/// The tables that a plugin gets from `get_service`.
@safe enum HostServices {
    /// Written once and never again.
    private nonisolated(unsafe) static let jsonText: UnsafePointer<postil_json_text_t> = {
        let table = UnsafeMutablePointer<postil_json_text_t>.allocate(capacity: 1)
        unsafe table.initialize(to: postil_json_text_t())
        unsafe table.pointee.size = UInt32(MemoryLayout<postil_json_text_t>.size)
        unsafe table.pointee.render = { _, batch, node, options, writeContext, write, error in
            unsafe JSONTextService.render(
                batch,
                node,
                options: options,
                writeContext: writeContext,
                write: write,
                error: error
            )
        }
        return unsafe UnsafePointer(table)
    }()

    /// The table of that id, or NULL.
    @unsafe static func table(_ id: postil_bytes_t) -> UnsafeRawPointer? {
        switch unsafe id.checkedText {
        case POSTIL_SERVICE_JSON_TEXT: unsafe UnsafeRawPointer(jsonText)
        default: nil
        }
    }
}
